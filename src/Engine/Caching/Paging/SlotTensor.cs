namespace LlmRabbitHoles.Caching.Paging;

/// <summary>One number or more for each slot and key head, in a tensor that grows: [kvHeads, slots, width].</summary>
internal sealed class SlotTensor(CacheShape shape, long width, ScalarType dtype) : IDisposable
{
    // Zeros: a slot that was never written may be read as padding with weight 0, and 0 x NaN would be NaN.
    private Tensor _all = zeros([shape.KeyValueHeads, 0, width], dtype, shape.Device).DetachFromDisposeScope();

    public long BytesPerSlot => shape.KeyValueHeads * width * _all.element_size();

    public long Bytes => _all.numel() * _all.element_size();

    public static SlotTensor[] ForLayers(CacheShape shape, long width, ScalarType dtype) =>
        [.. Enumerable.Range(0, shape.Layers).Select(_ => new SlotTensor(shape, width, dtype))];

    public void Reserve(long slots)
    {
        if (slots <= _all.shape[1]) return;
        var old = _all;
        _all = zeros([old.shape[0], slots, old.shape[2]], old.dtype, old.device).DetachFromDisposeScope();
        using (var kept = _all.narrow(1, 0, old.shape[1])) kept.copy_(old).Dispose();
        old.Dispose();
    }

    /// <param name="slot">The first slot.</param>
    /// <param name="content">[kvHeads, tokens, width]</param>
    public void Write(long slot, Tensor content)
    {
        using var room = View(slot, content.shape[1]);
        room.copy_(content).Dispose();
    }

    /// <param name="slots">[tokens] int64</param>
    /// <param name="content">[kvHeads, tokens, width]</param>
    public void Write(Tensor slots, Tensor content) => _all.index_copy_(1, slots, content);    // returns itself

    /// <param name="slots">[tokens] int64</param>
    /// <returns>[kvHeads, tokens, width], a copy.</returns>
    public Tensor Gather(Tensor slots) => _all.index_select(1, slots);

    /// <returns>[kvHeads, count, width], the slots themselves.</returns>
    public Tensor View(long slot, long count) => _all.narrow(1, slot, count);

    public void Copy(long from, long to, long count)
    {
        using var source = View(from, count);
        Write(to, source);
    }

    public void Dispose() => _all.Dispose();
}
