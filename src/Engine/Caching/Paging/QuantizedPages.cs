namespace LlmRabbitHoles.Caching.Paging;

/// <summary>Pages of signed integers: each key and each value vector of a head has its own scale.</summary>
/// <remarks><code>
/// 8 bits: | scale: float32 | headDim x int8 |                     x[i] = scale * q[i],       q from -127 to 127
/// 4 bits: | scale: float32 | headDim / 2 bytes, low half first |  x[i] = scale * (q[i] - 8), q from 1 to 15
/// </code>
/// The scale is the vector's largest magnitude / 127 (or / 7) and q is rounded to the nearest, so no number is off by more than half a
/// scale. A read expands at most 256 slots. Per-channel scales for keys would err less: Liu et al. 2024, arXiv:2402.02750 (KIVI).</remarks>
internal sealed class QuantizedPages : IPageStorage
{
    private readonly CacheShape _shape;
    private readonly int _bits;
    private readonly SlotTensor[] _keys, _keyScales, _values, _valueScales;

    /// <param name="shape">What each token needs.</param>
    /// <param name="bits">8 or 4.</param>
    public QuantizedPages(CacheShape shape, int bits)
    {
        if (bits is not (8 or 4)) throw new ArgumentOutOfRangeException(nameof(bits), bits, "A quantized cache has 8 or 4 bits.");
        if (bits == 4 && shape.HeadDim % 2 != 0)
            throw new ArgumentException($"4 bits pack two numbers into a byte, and headDim is {shape.HeadDim}. Use 8 bits.", nameof(bits));
        (_shape, _bits) = (shape, bits);
        (_keys, _values) = (Codes(), Codes());
        _keyScales = SlotTensor.ForLayers(shape, 1, ScalarType.Float32);
        _valueScales = SlotTensor.ForLayers(shape, 1, ScalarType.Float32);
    }

    public int Layers => _shape.Layers;

    public int BlockSlots => 256;

    public long BytesPerSlot => All.Sum(tensor => tensor.BytesPerSlot);

    public long ReservedBytes => All.Sum(tensor => tensor.Bytes);

    private IEnumerable<SlotTensor> All => _keys.Concat(_keyScales).Concat(_values).Concat(_valueScales);

    /// <summary>The largest magnitude of a code.</summary>
    private int Highest => _bits == 8 ? 127 : 7;

    public void Reserve(long slots)
    {
        foreach (var tensor in All) tensor.Reserve(slots);
    }

    public void Write(int layer, long slot, Tensor keys, Tensor values)
    {
        Write(_keys[layer], _keyScales[layer], slot, keys);
        Write(_values[layer], _valueScales[layer], slot, values);
    }

    public (Tensor Keys, Tensor Values) Read(int layer, long slot, int count) =>
        (Read(_keys[layer], _keyScales[layer], slot, count), Read(_values[layer], _valueScales[layer], slot, count));

    public void Copy(long from, long to, int count)
    {
        foreach (var tensor in All) tensor.Copy(from, to, count);
    }

    public void Dispose()
    {
        foreach (var tensor in All) tensor.Dispose();
    }

    private SlotTensor[] Codes() => _bits == 8
        ? SlotTensor.ForLayers(_shape, _shape.HeadDim, ScalarType.Int8)
        : SlotTensor.ForLayers(_shape, _shape.HeadDim / 2, ScalarType.Byte);

    private void Write(SlotTensor codes, SlotTensor scales, long slot, Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var wide = vectors.to(ScalarType.Float32);
        var scale = wide.abs().amax([-1], keepdim: true) / Highest;
        var rounded = (wide / scale.clamp_min(float.Epsilon)).round();
        scales.Write(slot, scale);
        codes.Write(slot, _bits == 8 ? rounded.to(ScalarType.Int8) : Packed(rounded));
    }

    private Tensor Read(SlotTensor codes, SlotTensor scales, long slot, int count)
    {
        using var scope = NewDisposeScope();
        var (code, scale) = (codes.View(slot, count), scales.View(slot, count));
        var numbers = _bits == 8 ? code.to(ScalarType.Float32) : Unpacked(code);
        return (numbers * scale).to(_shape.Dtype).MoveToOuterDisposeScope();
    }

    private static Tensor Packed(Tensor numbers)
    {
        var pairs = (numbers + 8).to(ScalarType.Byte).view(numbers.shape[0], numbers.shape[1], -1, 2);
        return pairs.select(3, 0) + (pairs.select(3, 1) * 16);
    }

    private static Tensor Unpacked(Tensor bytes) =>
        stack([bytes % 16, bytes.bitwise_right_shift(tensor(4, ScalarType.Byte, bytes.device))], dim: -1)
            .view(bytes.shape[0], bytes.shape[1], -1).to(ScalarType.Float32) - 8;
}
