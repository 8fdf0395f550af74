using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q6_k: 6.5625 bits a weight, in blocks of 256.</summary>
/// <remarks><code>
/// 210 bytes: | 128 bytes: low 4 bits | 64 bytes: high 2 bits | 16 x int8: scales | scale of scales: float16 |
/// weight[i] = (scaleOfScales * scale[i / 16]) * (q[i] - 32)
/// </code>
/// In each half of 128 weights, byte i holds the low bits of codes i and i + 64 (i &lt; 64), and byte j the high bits of codes
/// j, j + 32, j + 64 and j + 96 (j &lt; 32).</remarks>
public sealed class Q6K : BlockFormat
{
    private const int High = 128, Scales = High + 64, SuperScale = Scales + 16, Zero = 32, Most = 63, Half = 128;

    internal Q6K() : base("q6_k", 256, SuperScale + sizeof(ushort), 16) => Limit = Halves.Limit;

    private protected override void UnpackBlock(ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        var scale = HalfAt(block, SuperScale);
        for (var group = 0; group < scales.Length; group++) scales[group] = scale * (sbyte)block[Scales + group];
        offsets.Clear();
        for (var i = 0; i < Size; i++)
        {
            var (low, high) = Places(i);
            codes[i] = (sbyte)((((block[low] >> LowShift(i)) & 0x0F) | (((block[high] >> HighShift(i)) & 3) << 4)) - Zero);
        }
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        Span<float> scales = stackalloc float[16];
        for (var group = 0; group < scales.Length; group++)
            scales[group] = SignedFit.Scale(weights.Slice(group * GroupSize, GroupSize), Zero);
        block.Clear();
        var unit = scales[TensorPrimitives.IndexOfMaxMagnitude(scales)] / -128;
        WriteHalf(block, SuperScale, unit);
        for (var group = 0; group < scales.Length; group++)
            block[Scales + group] = (byte)(sbyte)(unit == 0 ? 0 : Math.Clamp(MathF.Round(scales[group] / unit), -128, 127));
        var stored = HalfAt(block, SuperScale);
        for (var i = 0; i < Size; i++)
        {
            var scale = stored * (sbyte)block[Scales + (i / GroupSize)];
            var code = scale == 0 ? Zero : (int)Math.Clamp(MathF.Round(weights[i] / scale) + Zero, 0, Most);
            var (low, high) = Places(i);
            block[low] |= (byte)((code & 0x0F) << LowShift(i));
            block[high] |= (byte)((code >> 4) << HighShift(i));
        }
    }

    private static (int Low, int High) Places(int i) =>
        ((i / Half * 64) + (i % 64), High + (i / Half * 32) + (i % 32));

    private static int LowShift(int i) => i % Half / 64 * 4;

    private static int HighShift(int i) => i % Half / 32 * 2;
}
