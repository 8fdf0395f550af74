using System.Runtime.InteropServices;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>Weights as the bytes of a GGUF file, a window at a time.</summary>
internal static class GgufEncoding
{
    // A multiple of every block; 4 MiB in float32.
    private const int WindowSize = 1 << 20;

    /// <summary>Appends a weight to a stream.</summary>
    /// <param name="file">Where its bytes go.</param>
    /// <param name="type">The format to store; its block divides the weight.</param>
    /// <param name="weight">On the CPU, in F32, F16 or BF16, of any shape; not changed.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="CheckpointException">A number in it cannot be stored in the format.</exception>
    public static void Write(Stream file, GgufType type, Tensor weight, string name)
    {
        using var plain = no_grad();
        using var scope = NewDisposeScope();
        var flat = weight.reshape(-1);
        var bytes = new byte[type.BytesOf(Math.Min(WindowSize, flat.shape[0]))];
        for (long start = 0; start < flat.shape[0]; start += WindowSize)
        {
            using var windowScope = NewDisposeScope();
            var window = flat.narrow(0, start, Math.Min(WindowSize, flat.shape[0] - start)).to(ScalarType.Float32).contiguous();
            var numbers = MemoryMarshal.Cast<byte, float>(window.bytes);
            RefuseBeyond(type, numbers, name);
            var used = bytes.AsSpan(0, (int)type.BytesOf(numbers.Length));
            Encode(type, numbers, used);
            file.Write(used);
        }
    }

    /// <summary>Stores numbers.</summary>
    /// <param name="type">The format.</param>
    /// <param name="numbers">Whole blocks.</param>
    /// <param name="bytes">As long as the format makes them.</param>
    public static void Encode(GgufType type, ReadOnlySpan<float> numbers, Span<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.Blocks is { } blocks) blocks.Encode(numbers, bytes);
        else if (type == GgufType.F32) MemoryMarshal.AsBytes(numbers).CopyTo(bytes);
        else if (type == GgufType.F16) TensorPrimitives.ConvertToHalf(numbers, MemoryMarshal.Cast<byte, Half>(bytes));
        else EncodeBfloat16(numbers, MemoryMarshal.Cast<byte, ushort>(bytes));
    }

    // The upper half of float32, rounded to the nearest, ties to even. The numbers are finite and below the limit.
    private static void EncodeBfloat16(ReadOnlySpan<float> numbers, Span<ushort> halves)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(numbers[i]);
            halves[i] = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }

    // Written so that NaN is refused too. Float32 takes every bit pattern as it is.
    private static void RefuseBeyond(GgufType type, ReadOnlySpan<float> numbers, string name)
    {
        if (type == GgufType.F32)
            return;
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(numbers));
        if (!(largest < type.Limit))
            throw new CheckpointException(
                $"Weight '{name}' holds {largest}; {type.Name} ends below {type.Limit}. Convert to {GgufType.F32.Name} instead.");
    }
}
