using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>ggml's block q8_0, bit by bit: 32 numbers as signed bytes and their scale.</summary>
/// <remarks><code>
/// 34 bytes: | scale: float16 | 32 x int8 |     weight[i] = scale * q[i]
/// </code>
/// The scale is the largest magnitude / 127, and q is rounded to the nearest, ties away from zero, with the scale in float32;
/// only then does the scale become float16.</remarks>
internal static class Q8Block
{
    /// <summary>Numbers in a block.</summary>
    public const int Size = 32;

    /// <summary>Bytes of a block.</summary>
    public const int Bytes = sizeof(ushort) + Size;

    /// <summary>Stores one block.</summary>
    /// <param name="weights">32 finite numbers.</param>
    /// <param name="block">34 bytes.</param>
    public static void Write(ReadOnlySpan<float> weights, Span<byte> block)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(weights)) / sbyte.MaxValue;
        var inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)scale);
        for (var i = 0; i < Size; i++)
            block[sizeof(ushort) + i] = (byte)(sbyte)MathF.Round(weights[i] * inverse, MidpointRounding.AwayFromZero);
    }
}
