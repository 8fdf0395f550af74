using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Shares numbered pieces of work among threads that each compute with one core.</summary>
/// <remarks>A small model's operations are too short to be divided: two texts at once are faster than one text on two cores.</remarks>
internal static class WorkerThreads
{
    /// <param name="threads">How many.</param>
    /// <param name="pieces">Numbered from 0; each is done once, by whoever is free.</param>
    /// <param name="worker">Called once on each thread; what it returns does one piece.</param>
    /// <param name="progress">Receives the share done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static void Run(
        int threads, int pieces, Func<Action<int>> worker, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (next, done) = (-1, 0);
        var failed = false;
        using var team = new WorkerTeam(threads);
        team.Run(_ =>
        {
            try
            {
                var doPiece = worker();
                for (int piece; !Volatile.Read(ref failed) && (piece = Interlocked.Increment(ref next)) < pieces;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    doPiece(piece);
                    progress?.Report((double)Interlocked.Increment(ref done) / pieces);
                }
            }
            catch
            {
                Volatile.Write(ref failed, true);
                throw;
            }
        });
    }
}
