using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q4_0: 4.5 bits a weight.</summary>
/// <remarks><code>
/// 18 bytes: | scale: float16 | 16 x (q[i] | q[i + 16] &lt;&lt; 4) |     weight[i] = scale * (q[i] - 8)
/// </code>
/// The scale is the number of the largest magnitude, with its sign, / -8: it becomes exactly code 0.</remarks>
public sealed class Q40 : BlockFormat
{
    private const int Codes = sizeof(ushort), Zero = 8, Most = 15;

    internal Q40() : base("q4_0", 32, 18, 32) => Limit = Halves.Limit * Zero;

    /// <summary>Stores codes that were chosen elsewhere.</summary>
    /// <param name="codes">[32] from -8 to 7.</param>
    /// <param name="scale">Rounds to float16.</param>
    /// <param name="block">18 bytes.</param>
    public static void Write(ReadOnlySpan<sbyte> codes, float scale, Span<byte> block)
    {
        WriteHalf(block, 0, scale);
        for (var i = 0; i < 16; i++) block[Codes + i] = Nibbles.Join(codes[i] + Zero, codes[i + 16] + Zero);
    }

    private protected override void UnpackBlock(ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        Nibbles.Split(block[Codes..], Zero, codes[..16], codes[16..]);
        (scales[0], offsets[0]) = (HalfAt(block, 0), 0);
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        var scale = weights[TensorPrimitives.IndexOfMaxMagnitude(weights)] / -Zero;
        var inverse = scale == 0 ? 0 : 1 / scale;
        WriteHalf(block, 0, scale);
        for (var i = 0; i < 16; i++) block[Codes + i] = Nibbles.Join(Code(weights[i], inverse), Code(weights[i + 16], inverse));
    }

    private static int Code(float weight, float inverse) => Math.Min(Most, (int)((weight * inverse) + Zero + 0.5f));
}
