using LlmRabbitHoles.Kernels.Blocks;
using LlmRabbitHoles.Quantization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class QuantizedMatrixTests
{
    public static TheoryData<string> Formats => [.. BlockFormat.All.Select(format => format.Name)];

    public static TheoryData<int, int?, bool> Grids => new()
    {
        { 8, null, true }, { 8, 32, true }, { 8, 64, false }, { 4, 32, true }, { 4, 64, false }, { 4, null, true }, { 3, 32, true },
        { 2, 32, false },
    };

    [Theory, MemberData(nameof(Formats))]
    public void AProductOnBlocksIsThatOfDecodedRows(string name)
    {
        using var scope = NewDisposeScope();
        using var matrix = BlockMatrix.Encode(BlockFormat.All.Single(format => format.Name == name), Weight(48, 512));
        AssertProducts(matrix);
    }

    [Theory, MemberData(nameof(Formats))]
    public void UnpackedBlocksHoldTheSameNumbers(string name)
    {
        using var scope = NewDisposeScope();
        using var matrix = BlockMatrix.Encode(BlockFormat.All.Single(format => format.Name == name), Weight(7, 512));
        using var unpacked = matrix.Unpacked(CPU);
        Assert.True(matrix.Decode(0, 7).Equals(unpacked.Decode(0, 7)));
    }

    [Theory, MemberData(nameof(Grids))]
    public void AProductOnIntegersIsThatOfDecodedRows(int bits, int? group, bool symmetric)
    {
        using var scope = NewDisposeScope();
        using var matrix = new IntegerGrid(bits, group, symmetric).Round(Weight(48, 512));
        AssertProducts(matrix);
    }

    // Every weight lies between two numbers of the grid, so it is off by at most half a step. The scale is rounded to float16, which has
    // 11 bits: the largest of a group may be clamped by that much of it.
    [Theory, MemberData(nameof(Grids))]
    public void NoWeightIsOffByMoreThanHalfAStep(int bits, int? group, bool symmetric)
    {
        using var scope = NewDisposeScope();
        var weight = Weight(48, 512);
        using var matrix = new IntegerGrid(bits, group, symmetric).Round(weight);
        var steps = matrix.Scales.to(ScalarType.Float32).unsqueeze(2);
        var groups = weight.view(48, -1, matrix.GroupSize);
        var error = (groups - matrix.Decode(0, 48).view(groups.shape)).abs();
        var allowed = (steps * 0.5) + (groups.abs().amax([-1], keepdim: true) * Math.Pow(2, -10)) + 1e-7;
        Assert.True((error <= allowed).all().item<bool>(), $"{(error - allowed).max().item<float>()}");
    }

    // Fifteen steps lie between -1 and 14, so the scale is 1; zero is the second code. Where nothing is below zero, the first code is not
    // used, so the 14 steps from 0 to 14 are what is left, and the scale is 1 again. A row of zeros has scale 0.
    [Theory]
    [InlineData(-1, 14)]
    [InlineData(0, 14)]
    [InlineData(-14, 0)]
    [InlineData(0, 0)]
    public void WholeZerosHoldZeroAndTheEndsOfARow(float low, float high)
    {
        using var scope = NewDisposeScope();
        var weight = zeros(1, 32);
        (weight[0, 3], weight[0, 9]) = (low, high);
        using var matrix = new IntegerGrid(4, null, Symmetric: false) { WholeZeros = true }.Round(weight);
        var steps = (matrix.Offsets! / matrix.Scales).item<float>();
        if (high > low) Assert.Equal(MathF.Round(steps), steps, 1e-3);
        Assert.Equal(low < 0 && high == 0 ? 14 / 15f : high > low ? 1 : 0, matrix.Scales.to(ScalarType.Float32).item<float>(), 1e-3);
        Assert.True((matrix.Decode(0, 1) - weight).abs().max().item<float>() <= 14 * MathF.Pow(2, -11));
    }

    [Theory]
    [InlineData(8, null, 8 * 512 + 2 * 8)]
    [InlineData(4, 32, 8 * 512 / 2 + 2 * 8 * 16)]
    public void BytesAreCodesAndScales(int bits, int? group, long bytes)
    {
        using var scope = NewDisposeScope();
        using var matrix = new IntegerGrid(bits, group).Round(Weight(8, 512));
        Assert.Equal(bits == 8 ? 8 * 512 + (2 * 8) : (8 * 512 / 2) + (2 * 8 * 16), matrix.Bytes);
        Assert.Equal(bytes, matrix.Bytes);
    }

    [Fact]
    public void CodesOfAGroupByHand()
    {
        using var scope = NewDisposeScope();
        var weight = zeros(1, 32);
        (weight[0, 0], weight[0, 1], weight[0, 2]) = (7f, -3.4f, 0.6f);
        using var matrix = IntegerGrid.Int4.Round(weight);
        // The largest magnitude, 7, is code 7, so the scale is 1.
        Assert.Equal([7f, -3, 1, 0], matrix.Decode(0, 1).data<float>().ToArray()[..4]);
    }

    [Fact]
    public void NothingStaysAliveAfterAProduct()
    {
        using var matrix = IntegerGrid.Int4.Round(Weight(64, 512));
        using var x = rand(3, 512);
        matrix.Product(x).Dispose();
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) matrix.Product(x).Dispose();
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Tensor Weight(long rows, long columns)
    {
        using var generator = new Generator(3, CPU);
        return randn([rows, columns], generator: generator) / 20;
    }

    // n products of magnitude |w x| are added in another order: at most n u of their sum of magnitudes, twice. Where a group has an
    // offset, its parts may be four times as large as their sum.
    private static void AssertProducts(QuantizedMatrix matrix)
    {
        var decoded = matrix.Decode(0, matrix.Rows);
        foreach (var vectors in new[] { 1, 3, 8, 9, 20 })
        {
            var x = randn(vectors, matrix.Columns);
            var (product, plain) = (matrix.Product(x), x.mm(decoded.t()));
            var allowed = x.abs().mm(decoded.abs().t()) * (8 * matrix.Columns * Math.Pow(2, -24));
            Assert.True(((product - plain).abs() <= allowed).all().item<bool>(), $"{vectors} vectors: {(product - plain).abs().max()}");
        }
        using var rows = tensor(new long[] { 5, 0, 5 });
        if (matrix.Rows > 5) Assert.True(matrix.DecodeRows(rows).Equals(decoded.index_select(0, rows)));
    }
}
