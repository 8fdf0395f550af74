using LlmRabbitHoles.Lessons.Displays;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Tests;

/// <summary>Displays of real tensors.</summary>
public class TensorDisplayTests
{
    [Fact]
    public void ATensorNamesItsShapeDtypeAndDevice()
    {
        using var tensor = arange(6, dtype: ScalarType.Int64).reshape(2, 3);
        Assert.Equal(
            """
            ids [2, 3]
            Int64 on cpu · 6 values · 0 to 5, mean 2.5, deviation 1.708
            0  1  2
            3  4  5
            """, TensorView.Of(tensor, "ids").ToText(), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Float32)]
    public void EveryDtypeCanBeLookedAt(ScalarType type)
    {
        using var tensor = ones(2, 2, dtype: type);
        Assert.Contains($"{type} on cpu", TensorView.Of(tensor).ToText());
    }

    [Fact]
    public void AViewOfATensorIsReadInItsOwnOrder()
    {
        using var tensor = arange(4, dtype: ScalarType.Float32).reshape(2, 2);
        using var turned = tensor.transpose(0, 1);
        Assert.Contains("0  2\n1  3", TensorView.Of(turned).ToText());
    }

    [Fact]
    public void AttentionIsReadFromTensors()
    {
        using var weights = ones(1, 2, 1, 3) / 3;
        Assert.Contains("head 1", AttentionMap.Heads("Layer 0", weights, ["a", "b", "c"]).ToText());
        using var head = weights.select(1, 0);
        Assert.Contains("0.333", AttentionMap.Of("Layer 0, head 0", head, ["a", "b", "c"]).ToText());
        Assert.Contains("0.333", Figure.HeatMap("Layer 0, head 0", head).ToText());
    }

    [Fact]
    public void ATensorOfTooManyAxesIsRefused()
    {
        using var tensor = zeros(2, 3, 4);
        Assert.StartsWith("The tensor is [2, 3, 4]; a matrix is needed.",
            Assert.Throws<ArgumentException>(() => Figure.HeatMap("Three axes", tensor)).Message);
    }

    [Fact]
    public void LookingAtATensorLeavesNoneBehind()
    {
        using var tensor = ones(4, 4);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        TensorView.Of(tensor, "x").ToHtml();
        Figure.HeatMap("x", tensor).ToSvg();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
