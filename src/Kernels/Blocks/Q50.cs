using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q5_0: 5.5 bits a weight.</summary>
/// <remarks><code>
/// 22 bytes: | scale: float16 | fifth bits: uint32 | 16 x (low 4 bits of q[i] | of q[i + 16] &lt;&lt; 4) |
/// weight[i] = scale * (q[i] - 16)
/// </code></remarks>
public sealed class Q50 : BlockFormat
{
    private const int Fifth = sizeof(ushort), Codes = Fifth + sizeof(uint), Zero = 16, Most = 31;

    internal Q50() : base("q5_0", 32, 22, 32) => Limit = Halves.Limit * Zero;

    private protected override void UnpackBlock(ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        FiveBits.Split(block[Codes..], MemoryMarshal.Read<uint>(block[Fifth..]), Zero, codes);
        (scales[0], offsets[0]) = (HalfAt(block, 0), 0);
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        var scale = weights[TensorPrimitives.IndexOfMaxMagnitude(weights)] / -Zero;
        var inverse = scale == 0 ? 0 : 1 / scale;
        WriteHalf(block, 0, scale);
        Span<byte> codes = stackalloc byte[Size];
        for (var i = 0; i < Size; i++) codes[i] = (byte)Math.Min(Most, (int)((weights[i] * inverse) + Zero + 0.5f));
        MemoryMarshal.Write(block[Fifth..], FiveBits.Join(codes, block[Codes..]));
    }
}
