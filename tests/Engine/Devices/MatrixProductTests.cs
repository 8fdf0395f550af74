using LlmRabbitHoles.Devices;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData("3", "3")]
    [InlineData("2,3", "3")]
    [InlineData("3", "3,4")]
    [InlineData("2,3", "3,4")]
    [InlineData("5,2,3", "3,4")]
    [InlineData("5,2,3", "3")]
    [InlineData("3", "5,3,4")]
    [InlineData("5,2,3", "5,3,4")]
    [InlineData("2,3", "5,3,4")]
    [InlineData("6,1,2,3", "5,3,4")]
    [InlineData("2,2,2,3", "2,2,3,4")]
    [InlineData("0,3", "3,4")]
    [InlineData("2,0,2,3", "0,3,4")]
    public void TheProductIsThatOfMatmul(string left, string right)
    {
        using var scope = NewDisposeScope();
        var random = new Generator(7);
        var (x, y) = (randn(Shape(left), generator: random), randn(Shape(right), generator: random));
        var expected = x.matmul(y);
        var product = x.Product(y);
        Assert.Equal(expected.shape, product.shape);
        Assert.True(product.allclose(expected, rtol: 0, atol: 1e-6));
    }

    [Theory]
    [InlineData(
        "2,3", "2,3",
        "[2, 3] and [2, 3] cannot be multiplied. " +
        "The last axis of the left (3) must be as long as the last but one axis of the right (2).")]
    [InlineData("3", "4", "[3] and [4] cannot be multiplied. The last axis of the left (3) must be as long as the axis of the right (4).")]
    [InlineData("", "3", "[] and [3] cannot be multiplied. Each needs at least one axis; a number is multiplied with '*'.")]
    [InlineData(
        "5,2,3", "4,3,2",
        "[5, 2, 3] and [4, 3, 2] cannot be multiplied. The axes before the last two are batches; 5 and 4 differ, and neither is 1.")]
    public void ShapesThatDoNotFitAreRefused(string left, string right, string message)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(message, Assert.Throws<ShapeException>(() => ones(Shape(left)).Product(ones(Shape(right)))).Message);
    }

    [Fact]
    public void OtherDtypesAreRefusedByLibtorch()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => ones(2, 3).Product(ones(3, 2, dtype: ScalarType.Float64)));
    }

    [Fact]
    public void GradientsFlowThroughBothArguments()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones([2, 2, 3], requires_grad: true), ones([2, 3, 1], requires_grad: true));
        x.Product(y).sum().backward();
        // Each element of x meets one of y, which is 1; each of y meets two rows of x.
        Assert.Equal(12, x.grad!.sum().item<float>());
        Assert.Equal(12, y.grad!.sum().item<float>());
    }

    private static long[] Shape(string axes) => axes.Length == 0 ? [] : [.. axes.Split(',').Select(long.Parse)];
}
