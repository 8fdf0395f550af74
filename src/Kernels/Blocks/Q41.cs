using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q4_1: 5 bits a weight.</summary>
/// <remarks><code>
/// 20 bytes: | scale: float16 | least: float16 | 16 x (q[i] | q[i + 16] &lt;&lt; 4) |     weight[i] = scale * q[i] + least
/// </code></remarks>
public sealed class Q41 : BlockFormat
{
    private const int Codes = 2 * sizeof(ushort), Most = 15;

    internal Q41() : base("q4_1", 32, 20, 32) => Limit = Halves.Limit;

    private protected override void UnpackBlock(ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        Nibbles.Split(block[Codes..], 0, codes[..16], codes[16..]);
        (scales[0], offsets[0]) = (HalfAt(block, 0), HalfAt(block, 2));
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        var least = TensorPrimitives.Min(weights);
        var scale = (TensorPrimitives.Max(weights) - least) / Most;
        var inverse = scale == 0 ? 0 : 1 / scale;
        WriteHalf(block, 0, scale);
        WriteHalf(block, 2, least);
        for (var i = 0; i < 16; i++)
            block[Codes + i] = Nibbles.Join(Code(weights[i] - least, inverse), Code(weights[i + 16] - least, inverse));
    }

    private static int Code(float above, float inverse) => Math.Min(Most, (int)((above * inverse) + 0.5f));
}
