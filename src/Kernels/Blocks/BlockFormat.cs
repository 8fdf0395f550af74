using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>A format that stores weights in blocks of small integers: weight = scale x code + offset, where a group of neighbouring
/// weights shares scale and offset.</summary>
/// <remarks>The formats of ggml, https://github.com/ggml-org/ggml, src/ggml-common.h: each file here draws one block.</remarks>
public abstract class BlockFormat
{
    private protected BlockFormat(string name, int size, int bytes, int groupSize) =>
        (Name, Size, Bytes, GroupSize) = (name, size, bytes, groupSize);

    /// <summary>As llama.cpp calls it: q8_0, q4_k.</summary>
    public string Name { get; }

    /// <summary>Weights in a block.</summary>
    public int Size { get; }

    /// <summary>Bytes of a block.</summary>
    public int Bytes { get; }

    /// <summary>Weights that share a scale and an offset; a multiple of 16.</summary>
    public int GroupSize { get; }

    /// <summary>Weights of this magnitude and beyond cannot be stored.</summary>
    public float Limit { get; private protected init; }

    /// <summary>All formats.</summary>
    public static IReadOnlyList<BlockFormat> All { get; } =
        [new Q80(), new Q40(), new Q41(), new Q50(), new Q51(), new Q4K(), new Q5K(), new Q6K()];

    /// <summary>Bytes that weights take.</summary>
    /// <param name="count">Whole blocks.</param>
    public long BytesOf(long count) => checked(count / Size * Bytes);

    /// <summary>Takes blocks apart.</summary>
    /// <param name="blocks">Whole blocks.</param>
    /// <param name="codes">[blocks x Size]</param>
    /// <param name="scales">[blocks x Size / GroupSize]</param>
    /// <param name="offsets">[blocks x Size / GroupSize]</param>
    public void Unpack(ReadOnlySpan<byte> blocks, Span<sbyte> codes, Span<float> scales, Span<float> offsets)
    {
        var groups = Size / GroupSize;
        for (var block = 0; block < blocks.Length / Bytes; block++)
            UnpackBlock(
                blocks.Slice(block * Bytes, Bytes), codes.Slice(block * Size, Size), scales.Slice(block * groups, groups),
                offsets.Slice(block * groups, groups));
    }

    /// <summary>The weights that blocks hold.</summary>
    /// <param name="blocks">Whole blocks.</param>
    /// <param name="weights">[blocks x Size]</param>
    public void Decode(ReadOnlySpan<byte> blocks, Span<float> weights)
    {
        var groups = Size / GroupSize;
        Span<sbyte> codes = stackalloc sbyte[Size];
        Span<float> scales = stackalloc float[groups], offsets = stackalloc float[groups];
        for (var block = 0; block < blocks.Length / Bytes; block++)
        {
            UnpackBlock(blocks.Slice(block * Bytes, Bytes), codes, scales, offsets);
            for (var group = 0; group < groups; group++)
                Decode(
                    codes.Slice(group * GroupSize, GroupSize), scales[group], offsets[group],
                    weights.Slice((block * Size) + (group * GroupSize), GroupSize));
        }
    }

    /// <summary>Stores weights.</summary>
    /// <param name="weights">Whole blocks of finite numbers below <see cref="Limit"/>.</param>
    /// <param name="blocks">As many bytes as <see cref="BytesOf"/> says.</param>
    public void Encode(ReadOnlySpan<float> weights, Span<byte> blocks)
    {
        for (var block = 0; block < weights.Length / Size; block++)
            EncodeBlock(weights.Slice(block * Size, Size), blocks.Slice(block * Bytes, Bytes));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected abstract void UnpackBlock(ReadOnlySpan<byte> block, Span<sbyte> codes, Span<float> scales, Span<float> offsets);

    private protected abstract void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block);

    private protected static float HalfAt(ReadOnlySpan<byte> block, int at) => (float)MemoryMarshal.Read<Half>(block[at..]);

    private protected static void WriteHalf(Span<byte> block, int at, float number) => MemoryMarshal.Write(block[at..], (Half)number);

    private static void Decode(ReadOnlySpan<sbyte> codes, float scale, float offset, Span<float> weights)
    {
        for (var i = 0; i < codes.Length; i += 16)
        {
            var (low, high) = Floats(codes.Slice(i, 16));
            ((low * scale) + Vector256.Create(offset)).CopyTo(weights[i..]);
            ((high * scale) + Vector256.Create(offset)).CopyTo(weights[(i + 8)..]);
        }
    }

    /// <summary>16 codes as floats.</summary>
    internal static (Vector256<float> Low, Vector256<float> High) Floats(ReadOnlySpan<sbyte> codes)
    {
        var shorts = Vector256.WidenLower(Vector128.Create(codes).ToVector256Unsafe());
        return (Vector256.ConvertToSingle(Vector256.WidenLower(shorts)), Vector256.ConvertToSingle(Vector256.WidenUpper(shorts)));
    }
}
