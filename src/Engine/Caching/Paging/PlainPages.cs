namespace LlmRabbitHoles.Caching.Paging;

/// <summary>Pages in the model's own dtype, side by side in one tensor per layer for keys and one for values.</summary>
/// <remarks>A read of neighbouring slots is a view: nothing is copied.</remarks>
internal sealed class PlainPages(CacheShape shape) : IIndexedPages
{
    private readonly SlotTensor[] _keys = SlotTensor.ForLayers(shape, shape.HeadDim, shape.Dtype);
    private readonly SlotTensor[] _values = SlotTensor.ForLayers(shape, shape.HeadDim, shape.Dtype);

    public int Layers => shape.Layers;

    public int BlockSlots => int.MaxValue;

    public long BytesPerSlot => _keys.Concat(_values).Sum(tensor => tensor.BytesPerSlot);

    public long ReservedBytes => _keys.Concat(_values).Sum(tensor => tensor.Bytes);

    public void Reserve(long slots)
    {
        foreach (var tensor in _keys.Concat(_values)) tensor.Reserve(slots);
    }

    public void Write(int layer, long slot, Tensor keys, Tensor values)
    {
        _keys[layer].Write(slot, keys);
        _values[layer].Write(slot, values);
    }

    public (Tensor Keys, Tensor Values) Read(int layer, long slot, int count) =>
        (_keys[layer].View(slot, count), _values[layer].View(slot, count));

    public void Write(int layer, Tensor slots, Tensor keys, Tensor values)
    {
        _keys[layer].Write(slots, keys);
        _values[layer].Write(slots, values);
    }

    public (Tensor Keys, Tensor Values) Gather(int layer, Tensor slots) => (_keys[layer].Gather(slots), _values[layer].Gather(slots));

    public void Copy(long from, long to, int count)
    {
        foreach (var tensor in _keys.Concat(_values)) tensor.Copy(from, to, count);
    }

    public void Dispose()
    {
        foreach (var tensor in _keys.Concat(_values)) tensor.Dispose();
    }
}
