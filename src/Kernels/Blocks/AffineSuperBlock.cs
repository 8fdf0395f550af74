using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>What q4_k and q5_k share: eight groups of 32 weights, whose scales and least values are six-bit multiples of two numbers
/// that the whole block shares.</summary>
/// <remarks><code>
/// | scale of scales: float16 | scale of least values: float16 | 12 bytes (<see cref="SixBitScales"/>) | codes |
/// weight[i] = (scaleOfScales * scale[group]) * q[i] - (scaleOfLeast * least[group])
/// </code></remarks>
public abstract class AffineSuperBlock : BlockFormat
{
    private protected const int Scales = 2 * sizeof(ushort), Codes = Scales + SixBitScales.Bytes;

    private readonly int _most;

    private protected AffineSuperBlock(string name, int bytes, int most) : base(name, 256, bytes, 32) =>
        (_most, Limit) = (most, Halves.Limit);

    private protected sealed override void UnpackBlock(
        ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        var (scale, least) = (HalfAt(block, 0), HalfAt(block, 2));
        for (var group = 0; group < SixBitScales.Groups; group++)
        {
            var (groupScale, groupLeast) = SixBitScales.Read(block[Scales..], group);
            (scales[group], offsets[group]) = (scale * groupScale, -(least * groupLeast));
        }
        UnpackCodes(block[Codes..], codes);
    }

    private protected sealed override void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        Span<float> scales = stackalloc float[SixBitScales.Groups], least = stackalloc float[SixBitScales.Groups];
        for (var group = 0; group < SixBitScales.Groups; group++)
            (scales[group], least[group]) = AffineFit.Of(weights.Slice(group * GroupSize, GroupSize), _most);
        Span<byte> smallScales = stackalloc byte[SixBitScales.Groups], smallLeast = stackalloc byte[SixBitScales.Groups];
        WriteHalf(block, 0, Shrink(scales, smallScales));
        WriteHalf(block, 2, Shrink(least, smallLeast));
        SixBitScales.Write(smallScales, smallLeast, block[Scales..]);
        // The codes fit the scales as they are stored, not as they were found.
        var (scale, leastScale) = (HalfAt(block, 0), HalfAt(block, 2));
        Span<byte> codes = stackalloc byte[Size];
        for (var i = 0; i < Size; i++)
            codes[i] = (byte)AffineFit.Code(
                weights[i], scale * smallScales[i / GroupSize], leastScale * smallLeast[i / GroupSize], _most);
        PackCodes(codes, block[Codes..]);
    }

    private protected abstract void UnpackCodes(ReadOnlySpan<byte> bytes, Span<sbyte> codes);

    private protected abstract void PackCodes(ReadOnlySpan<byte> codes, Span<byte> bytes);

    /// <summary>Numbers of 0 or more as six-bit multiples of the one that is returned.</summary>
    private static float Shrink(ReadOnlySpan<float> numbers, Span<byte> multiples)
    {
        var unit = TensorPrimitives.Max(numbers) / SixBitScales.Most;
        for (var i = 0; i < numbers.Length; i++)
            multiples[i] = unit == 0 ? (byte)0 : (byte)Math.Min(SixBitScales.Most, MathF.Round(numbers[i] / unit));
        return unit;
    }
}
