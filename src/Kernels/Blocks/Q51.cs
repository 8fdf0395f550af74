using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q5_1: 6 bits a weight.</summary>
/// <remarks><code>
/// 24 bytes: | scale: float16 | least: float16 | fifth bits: uint32 | 16 x (low 4 bits of q[i] | of q[i + 16] &lt;&lt; 4) |
/// weight[i] = scale * q[i] + least
/// </code></remarks>
public sealed class Q51 : BlockFormat
{
    private const int Fifth = 2 * sizeof(ushort), Codes = Fifth + sizeof(uint), Most = 31;

    internal Q51() : base("q5_1", 32, 24, 32) => Limit = Halves.Limit;

    private protected override void UnpackBlock(ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        FiveBits.Split(block[Codes..], MemoryMarshal.Read<uint>(block[Fifth..]), 0, codes);
        (scales[0], offsets[0]) = (HalfAt(block, 0), HalfAt(block, 2));
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        var least = TensorPrimitives.Min(weights);
        var scale = (TensorPrimitives.Max(weights) - least) / Most;
        var inverse = scale == 0 ? 0 : 1 / scale;
        WriteHalf(block, 0, scale);
        WriteHalf(block, 2, least);
        Span<byte> codes = stackalloc byte[Size];
        for (var i = 0; i < Size; i++) codes[i] = (byte)Math.Min(Most, (int)(((weights[i] - least) * inverse) + 0.5f));
        MemoryMarshal.Write(block[Fifth..], FiveBits.Join(codes, block[Codes..]));
    }
}
