using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Caching;

/// <summary>One block of memory a layer for keys and one for values. A long capacity is reserved as the text grows: a configuration may promise any.</summary>
public sealed class ContiguousCache : IKeyValueCache
{
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;
    private const int FirstTokens = 4096;
    private readonly long _bytesPerToken;

    /// <summary>Reserves room for a text, or for the beginning of a long one.</summary>
    /// <param name="config">Gives layers, kvHeads and headDim.</param>
    /// <param name="capacity">Tokens that fit.</param>
    /// <param name="dtype">Format of keys and values: the model's.</param>
    /// <param name="device">The model's device.</param>
    /// <param name="batch">Texts side by side. Default 1.</param>
    public ContiguousCache(DecoderConfig config, int capacity, ScalarType dtype, Device device, int batch = 1)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        var reserved = Math.Min(capacity, FirstTokens);
        long[] shape = [batch, config.KeyValueHeads, reserved, config.HeadDim];
        Tensor Reserve() => empty(shape, dtype: dtype, device: device).DetachFromDisposeScope();
        _keys = [.. Enumerable.Range(0, config.Layers).Select(_ => Reserve())];
        _values = [.. Enumerable.Range(0, config.Layers).Select(_ => Reserve())];
        _bytesPerToken = _keys.Concat(_values).Sum(t => t.numel() * t.element_size()) / reserved;
    }

    /// <inheritdoc/>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public long Bytes => _bytesPerToken * Length;

    /// <inheritdoc/>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var time = keys.shape[2];
        if (Length + time > Capacity) throw new CacheFullException(Length + time, Capacity);
        return (Append(ref _keys[layer], keys), Append(ref _values[layer], values));
    }

    /// <inheritdoc/>
    public void Advance(int time) => Length += time;

    /// <inheritdoc/>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _keys.Concat(_values)) tensor.Dispose();
    }

    private Tensor Append(ref Tensor block, Tensor added)
    {
        if (Length + added.shape[2] > block.shape[2]) Grow(ref block, Length + added.shape[2]);
        using (var room = block.narrow(2, Length, added.shape[2])) room.copy_(added).Dispose();
        return block.narrow(2, 0, Length + added.shape[2]);
    }

    private void Grow(ref Tensor block, long needed)
    {
        var old = block;
        long[] shape = [old.shape[0], old.shape[1], Math.Min(Capacity, Math.Max(needed, 2 * old.shape[2])), old.shape[3]];
        block = empty(shape, dtype: old.dtype, device: old.device).DetachFromDisposeScope();
        using (var kept = block.narrow(2, 0, Length))
        using (var held = old.narrow(2, 0, Length)) kept.copy_(held).Dispose();
        old.Dispose();
    }
}
