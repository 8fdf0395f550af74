using System.Buffers;
using LlmRabbitHoles.Kernels.Blocks;

namespace LlmRabbitHoles.Kernels;

/// <summary>The products of a few vectors with rows of weights that stay in blocks: y = x W^T.</summary>
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
        var (rowBytes, groups) = ((int)format.BytesOf(columns), columns / format.GroupSize);
        var codes = ArrayPool<sbyte>.Shared.Rent(columns);
        var numbers = ArrayPool<float>.Shared.Rent(2 * groups);
        Span<float> scales = numbers.AsSpan(0, groups), offsets = numbers.AsSpan(groups, groups);
        using var product = new GroupProduct(x, columns, format.GroupSize);
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            format.Unpack(rows.Slice(row * rowBytes, rowBytes), codes, scales, offsets);
            product.Row(codes.AsSpan(0, columns), x, scales, offsets, y[(first + row)..], stride);
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
}
