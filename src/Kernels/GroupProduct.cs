using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using LlmRabbitHoles.Kernels.Blocks;

namespace LlmRabbitHoles.Kernels;

/// <summary>The products of vectors with rows of codes, where groups of codes share a scale and an offset.</summary>
/// <remarks>A row's product is the sum over its groups of scale x (codes . x) + offset x (sum of x); the sums of x are
/// taken once.</remarks>
public readonly ref struct GroupProduct
{
    private readonly float[] _sums;
    private readonly int _columns, _groups, _vectors, _groupSize;

    /// <summary>Takes the sums of groups.</summary>
    /// <param name="x">[vectors, columns]</param>
    /// <param name="columns">Codes of a row; whole groups.</param>
    /// <param name="groupSize">Codes that share a scale; a multiple of 16.</param>
    public GroupProduct(ReadOnlySpan<float> x, int columns, int groupSize)
    {
        (_columns, _groupSize, _groups, _vectors) = (columns, groupSize, columns / groupSize, x.Length / columns);
        _sums = ArrayPool<float>.Shared.Rent(_groups * _vectors);
        for (var group = 0; group < _groups * _vectors; group++)
            _sums[group] = TensorPrimitives.Sum(x.Slice(group * groupSize, groupSize));
    }

    /// <summary>Multiplies all vectors with one row.</summary>
    /// <param name="codes">[columns]</param>
    /// <param name="x">[vectors, columns], the same as before.</param>
    /// <param name="scales">[groups]</param>
    /// <param name="offsets">[groups]; empty where all are zero.</param>
    /// <param name="y">Receives the product of vector v at v x stride.</param>
    /// <param name="stride">Results of a vector.</param>
    public void Row(
        ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> x, ReadOnlySpan<float> scales, ReadOnlySpan<float> offsets, Span<float> y,
        int stride)
    {
        for (var vector = 0; vector < _vectors; vector++)
        {
            var offset = offsets.IsEmpty ? 0 : TensorPrimitives.Dot(offsets, _sums.AsSpan(vector * _groups, _groups));
            y[vector * stride] = Scaled(codes, x.Slice(vector * _columns, _columns), scales) + offset;
        }
    }

    /// <summary>Gives the sums' memory back.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(_sums);

    private float Scaled(ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> x, ReadOnlySpan<float> scales)
    {
        var total = Vector256<float>.Zero;
        for (var group = 0; group < scales.Length; group++)
        {
            var products = Vector256<float>.Zero;
            for (var i = group * _groupSize; i < (group + 1) * _groupSize; i += 16)
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
