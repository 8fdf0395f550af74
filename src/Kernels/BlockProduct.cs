using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using LlmRabbitHoles.Kernels.Blocks;

namespace LlmRabbitHoles.Kernels;

/// <summary>The products of a few vectors with rows of weights that stay in blocks: y = x W^T.</summary>
/// <remarks>A row's product is the sum over its groups of scale x (codes . x) + offset x (sum of x).</remarks>
public static class BlockProduct
{
    /// <summary>Decodes row after row and takes plain dot products.</summary>
    /// <param name="format">How the weights are stored.</param>
    /// <param name="rows">[rows][columns / block] blocks, row after row.</param>
    /// <param name="x">[vectors, columns]</param>
    /// <param name="columns">Width of a row; whole blocks.</param>
    /// <param name="y">[vectors, <paramref name="stride"/>]: receives vectors x rows products from <paramref name="first"/> on.</param>
    /// <param name="first">Where the first row's product goes in each vector's results.</param>
    /// <param name="stride">Results of a vector.</param>
    public static void Reference(
        BlockFormat format, ReadOnlySpan<byte> rows, ReadOnlySpan<float> x, int columns, Span<float> y, int first, int stride)
    {
        ArgumentNullException.ThrowIfNull(format);
        var rowBytes = (int)format.BytesOf(columns);
        var weights = new float[columns];
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            format.Decode(rows.Slice(row * rowBytes, rowBytes), weights);
            for (var vector = 0; vector < x.Length / columns; vector++)
                y[(vector * stride) + first + row] = Dot(weights, x.Slice(vector * columns, columns));
        }
    }

    /// <summary>Multiplies codes as they are, 16 at a time, and applies a group's scale once to all of its products.</summary>
    /// <inheritdoc cref="Reference"/>
    public static void Fast(
        BlockFormat format, ReadOnlySpan<byte> rows, ReadOnlySpan<float> x, int columns, Span<float> y, int first, int stride)
    {
        ArgumentNullException.ThrowIfNull(format);
        var (rowBytes, groups, vectors) = ((int)format.BytesOf(columns), columns / format.GroupSize, x.Length / columns);
        var codes = ArrayPool<sbyte>.Shared.Rent(columns);
        var numbers = ArrayPool<float>.Shared.Rent((2 + vectors) * groups);
        Span<float> scales = numbers.AsSpan(0, groups), offsets = numbers.AsSpan(groups, groups);
        var sums = numbers.AsSpan(2 * groups, vectors * groups);
        for (var group = 0; group < sums.Length; group++)
            sums[group] = TensorPrimitives.Sum(x.Slice(group * format.GroupSize, format.GroupSize));
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            format.Unpack(rows.Slice(row * rowBytes, rowBytes), codes, scales, offsets);
            for (var vector = 0; vector < vectors; vector++)
                y[(vector * stride) + first + row] =
                    Scaled(codes.AsSpan(0, columns), x.Slice(vector * columns, columns), scales, format.GroupSize)
                    + TensorPrimitives.Dot(offsets, sums.Slice(vector * groups, groups));
        }
        ArrayPool<sbyte>.Shared.Return(codes);
        ArrayPool<float>.Shared.Return(numbers);
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static float Scaled(ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> x, ReadOnlySpan<float> scales, int groupSize)
    {
        var total = Vector256<float>.Zero;
        for (var group = 0; group < scales.Length; group++)
        {
            var products = Vector256<float>.Zero;
            for (var i = group * groupSize; i < (group + 1) * groupSize; i += 16)
            {
                var (low, high) = BlockFormat.Floats(codes.Slice(i, 16));
                products = Vector256.FusedMultiplyAdd(low, Vector256.Create(x.Slice(i, 8)), products);
                products = Vector256.FusedMultiplyAdd(high, Vector256.Create(x.Slice(i + 8, 8)), products);
            }
            total = Vector256.FusedMultiplyAdd(products, Vector256.Create(scales[group]), total);
        }
        return Vector256.Sum(total);
    }
}
