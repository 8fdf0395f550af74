namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>The check, in every loop of a cell, whether the reader wants it to stop.</summary>
/// <remarks>
/// .NET can abort a running thread (ControlledExecution.Run), but tried on loops that take locks, it ended the process with
/// a segmentation fault (10.0.12, Linux) or never came back. So the question is written into the cell's loops before it is compiled:
/// see <see cref="LoopChecks"/>.
/// </remarks>
public static class Interruption
{
    private static volatile int s_pending;

    /// <summary>Throws if the cell that this thread works for has been interrupted. Costs a nanosecond or two.</summary>
    /// <exception cref="OperationCanceledException">The cell has been interrupted.</exception>
    public static void Check()
    {
        if (s_pending != 0)
            CellSink.Current?.Interrupt.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Makes checks look at their cell's token from the moment <paramref name="token"/> is cancelled until the result is disposed.
    /// </summary>
    internal static IDisposable Watch(CancellationToken token) => new Watching(token);

    private sealed class Watching : IDisposable
    {
        private readonly CancellationTokenRegistration _registration;
        private int _counted;

        public Watching(CancellationToken token) => _registration = token.Register(() =>
        {
            Interlocked.Exchange(ref _counted, 1);
            Interlocked.Increment(ref s_pending);
        });

        public void Dispose()
        {
            _registration.Dispose();
            if (Interlocked.Exchange(ref _counted, 0) == 1)
                Interlocked.Decrement(ref s_pending);
        }
    }
}
