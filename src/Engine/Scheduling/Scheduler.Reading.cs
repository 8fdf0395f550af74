using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Scheduling;

/// <content>The forward of a step.</content>
public sealed partial class Scheduler
{
    /// <summary>
    /// Reads all pieces in one forward. Where it fails, each piece is read alone, and only the requests that fail again end with the error.
    /// </summary>
    /// <exception cref="OperationCanceledException">Nothing was read.</exception>
    private IReadOnlyList<(ScheduledRequest Request, ForwardResult Read)> Read(
        IReadOnlyList<Piece> pieces, CancellationToken cancellationToken)
    {
        var seats = pieces.Select(piece => piece.Request.Seat!.Value).ToArray();
        var lengths = seats.Select(seat => _cache.Lengths[seat]).ToArray();
        try
        {
            using var batch = new PagedBatch(_cache, seats);
            var read = _runner.Forward([.. pieces.Select(piece => piece.Tokens)], batch, cancellationToken);
            return [.. pieces.Zip(read, (piece, result) => (piece.Request, result))];
        }
        catch (OperationCanceledException)
        {
            Restore();
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong is thrown where the request that caused it is read.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Restore();
            if (pieces is not [var only]) return [.. pieces.SelectMany(piece => Read([piece], cancellationToken))];
            Fail(only.Request, error);
            return [];
        }

        void Restore()
        {
            foreach (var (seat, length) in seats.Zip(lengths)) _cache.Truncate(seat, length);
        }
    }
}
