using System.Buffers;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Pairs of tokens that wait to be merged: the lowest rank first, of equal ranks the leftmost. A binary heap in memory that is lent.
/// </summary>
/// <param name="capacity">The most pairs that are ever added.</param>
internal ref struct MergeHeap(int capacity)
{
    private readonly long[] _orders = ArrayPool<long>.Shared.Rent(capacity);     // rank in the upper half, place in the lower
    private int _count;

    /// <summary>Adds a pair.</summary>
    public void Add(int rank, int place)
    {
        var order = ((long)rank << 32) | (uint)place;
        var at = _count++;
        for (int parent; at > 0 && _orders[parent = (at - 1) / 2] > order; at = parent) _orders[at] = _orders[parent];
        _orders[at] = order;
    }

    /// <summary>Takes the first pair out.</summary>
    public bool TryTake(out int rank, out int place)
    {
        (rank, place) = (0, 0);
        if (_count == 0) return false;
        (rank, place) = ((int)(_orders[0] >> 32), (int)_orders[0]);
        Sink(_orders[--_count]);
        return true;
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose() => ArrayPool<long>.Shared.Return(_orders);

    // Puts an order at the root and lets it sink to its place.
    private readonly void Sink(long order)
    {
        var at = 0;
        for (var child = 1; child < _count; child = (2 * at) + 1)
        {
            if (child + 1 < _count && _orders[child + 1] < _orders[child]) child++;
            if (_orders[child] >= order) break;
            _orders[at] = _orders[child];
            at = child;
        }

        _orders[at] = order;
    }
}
