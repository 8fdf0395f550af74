namespace LlmRabbitHoles.Caching;

/// <summary>
/// Holds the keys of a layer in one block of memory and the values in another. Reserves a long capacity as the text grows.
/// </summary>
public sealed class ContiguousCache : IWholeCache
{
    private const int FirstTokens = 4096;
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;
    private int[] _lengths;
    private readonly long _bytesPerToken;

    /// <summary>Reserves room for the first 4,096 tokens, or for fewer where the capacity is smaller.</summary>
    /// <param name="shape">What each token needs.</param>
    /// <param name="capacity">Tokens that fit of each sequence.</param>
    /// <param name="batch">Sequences side by side. Default 1.</param>
    public ContiguousCache(CacheShape shape, int capacity, int batch = 1)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        Capacity = capacity;
        _lengths = new int[batch];
        long[] sizes = [batch, shape.KeyValueHeads, Math.Min(capacity, FirstTokens), shape.HeadDim];
        _keys = [.. Enumerable.Range(0, shape.Layers).Select(_ => Reserve(sizes, shape.Dtype, shape.Device))];
        _values = [.. Enumerable.Range(0, shape.Layers).Select(_ => Reserve(sizes, shape.Dtype, shape.Device))];
        _bytesPerToken = ReservedBytes / (batch * sizes[2]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <inheritdoc/>
    public int Length => _lengths.Max();

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public long UsedBytes => _bytesPerToken * _lengths.Sum(length => (long)length);

    /// <inheritdoc/>
    public long ReservedBytes => _keys.Concat(_values).Sum(block => block.numel() * block.element_size());

    /// <inheritdoc/>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var needed = Length + keys.shape[2];
        if (needed > Capacity) throw IKeyValueCache.Full(Capacity, needed);
        return (Append(ref _keys[layer], keys), Append(ref _values[layer], values));
    }

    /// <inheritdoc/>
    public void Advance(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        for (var sequence = 0; sequence < _lengths.Length; sequence++) _lengths[sequence] += counts[sequence];
    }

    /// <inheritdoc/>
    public void Truncate(int sequence, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _lengths[sequence]);
        _lengths[sequence] = length;
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> from)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentOutOfRangeException.ThrowIfZero(from.Count, nameof(from));
        if (from.SequenceEqual(Enumerable.Range(0, _lengths.Length))) return;
        var length = Length;
        _lengths = [.. from.Select(sequence => _lengths[sequence])];
        using var rows = tensor([.. from.Select(sequence => (long)sequence)], device: _keys[0].device);
        foreach (var blocks in new[] { _keys, _values })
            for (var layer = 0; layer < blocks.Length; layer++)
                Reorder(ref blocks[layer], rows, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _keys.Concat(_values)) tensor.Dispose();
    }

    // Zeros for batches: the padding after a short row has weight 0, and 0 x NaN would be NaN.
    private Tensor Reserve(long[] sizes, ScalarType dtype, Device device) =>
        (_lengths.Length > 1 ? zeros(sizes, dtype, device) : empty(sizes, dtype, device)).DetachFromDisposeScope();

    private Tensor Append(ref Tensor block, Tensor added)
    {
        var (longest, time) = (Length, added.shape[2]);
        if (longest + time > block.shape[2]) Grow(ref block, longest + time);
        if (_lengths.All(length => length == longest))
        {
            using var room = block.narrow(2, longest, time);
            room.copy_(added).Dispose();
        }
        else
        {
            AppendRows(block, added);
        }
        return block.narrow(2, 0, longest + time);
    }

    private void AppendRows(Tensor block, Tensor added)
    {
        using var scope = NewDisposeScope();
        for (var sequence = 0; sequence < _lengths.Length; sequence++)
            block[sequence].narrow(1, _lengths[sequence], added.shape[2]).copy_(added[sequence]);
    }

    private void Reorder(ref Tensor block, Tensor rows, long length)
    {
        using var scope = NewDisposeScope();
        var held = block.narrow(2, 0, length).index_select(0, rows);
        if (rows.shape[0] != block.shape[0])
        {
            var old = block;
            block = Reserve([rows.shape[0], old.shape[1], old.shape[2], old.shape[3]], old.dtype, old.device);
            old.Dispose();
        }
        block.narrow(2, 0, length).copy_(held);
    }

    private void Grow(ref Tensor block, long needed)
    {
        var old = block;
        long[] sizes = [old.shape[0], old.shape[1], Math.Min(Capacity, Math.Max(needed, 2 * old.shape[2])), old.shape[3]];
        block = Reserve(sizes, old.dtype, old.device);
        using (var kept = block.narrow(2, 0, Length))
        using (var held = old.narrow(2, 0, Length)) kept.copy_(held).Dispose();
        old.Dispose();
    }
}
