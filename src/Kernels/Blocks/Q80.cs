using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q8_0: 8.5 bits a weight.</summary>
/// <remarks><code>
/// 34 bytes: | scale: float16 | 32 x int8 |     weight[i] = scale * q[i]
/// </code>
/// The scale is the largest magnitude / 127, and q is rounded to the nearest, ties away from zero, with the scale in float32;
/// only then does the scale become float16.</remarks>
public sealed class Q80 : BlockFormat
{
    private const int Codes = sizeof(ushort);

    internal Q80() : base("q8_0", 32, 34, 32) => Limit = Halves.Limit * sbyte.MaxValue;

    /// <summary>Stores codes that were chosen elsewhere.</summary>
    /// <param name="codes">[32]</param>
    /// <param name="scale">Rounds to float16.</param>
    /// <param name="block">34 bytes.</param>
    public static void Write(ReadOnlySpan<sbyte> codes, float scale, Span<byte> block)
    {
        WriteHalf(block, 0, scale);
        MemoryMarshal.AsBytes(codes).CopyTo(block[Codes..]);
    }

    private protected override void UnpackBlock(ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        MemoryMarshal.Cast<byte, sbyte>(block[Codes..]).CopyTo(codes);
        (scales[0], offsets[0]) = (HalfAt(block, 0), 0);
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(weights)) / sbyte.MaxValue;
        var inverse = scale == 0 ? 0 : 1 / scale;
        WriteHalf(block, 0, scale);
        for (var i = 0; i < weights.Length; i++)
            block[Codes + i] = (byte)(sbyte)MathF.Round(weights[i] * inverse, MidpointRounding.AwayFromZero);
    }
}
