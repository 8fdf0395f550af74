using LlmRabbitHoles.Kernels.Blocks;

namespace LlmRabbitHoles.Kernels.Tests;

public sealed class BlockProductTests
{
    public static TheoryData<string> Names => BlockFormatTests.Names;

    [Theory, MemberData(nameof(Names))]
    public void FastIsReference(string name)
    {
        var format = BlockFormatTests.Format(name);
        foreach (var (rows, blocks, vectors) in new[] { (1, 1, 1), (3, 2, 1), (5, 3, 4), (2, 9, 2) })
        {
            var columns = blocks * format.Size;
            var weights = BlockFormatTests.Weights(rows * columns, seed: blocks);
            var bytes = BlockFormatTests.Encoded(name, weights);
            var x = BlockFormatTests.Weights(vectors * columns, seed: 8);
            var (stride, first) = (rows + 3, 2);
            var (plain, fast) = (new float[vectors * stride], new float[vectors * stride]);
            BlockProduct.Reference(format, bytes, x, columns, plain, first, stride);
            BlockProduct.Fast(format, bytes, x, columns, fast, first, stride);
            for (var i = 0; i < plain.Length; i++)
            {
                var (vector, row) = (i / stride, (i % stride) - first);
                var tolerance = row < 0 || row >= rows ? 0 : Tolerance(format, bytes, x.AsSpan(vector * columns, columns), row);
                Assert.True(
                    MathF.Abs(plain[i] - fast[i]) <= tolerance, $"{rows} x {columns}, {i}: {plain[i]} and {fast[i]} +- {tolerance}");
            }
        }
    }

    // Either sum of n products errs by at most n u (sum of |w x|); where a group has an offset, w = s q + o and the parts may be
    // larger than their sum, so their magnitudes count.
    private static float Tolerance(BlockFormat format, byte[] bytes, ReadOnlySpan<float> x, int row)
    {
        var columns = x.Length;
        var (codes, groups) = (new sbyte[columns], columns / format.GroupSize);
        var (scales, offsets) = (new float[groups], new float[groups]);
        format.Unpack(bytes.AsSpan(row * (int)format.BytesOf(columns), (int)format.BytesOf(columns)), codes, scales, offsets);
        var sum = 0f;
        for (var i = 0; i < columns; i++)
        {
            var group = i / format.GroupSize;
            sum += (MathF.Abs(scales[group] * codes[i]) + MathF.Abs(offsets[group])) * MathF.Abs(x[i]);
        }
        return 2 * (columns + 4) * MathF.Pow(2, -24) * sum;
    }
}
