using LlmRabbitHoles.Devices;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class CheckedCallsTests
{
    [Fact]
    public void TheVarianceOfWholeNumbersIsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, CheckedCalls.ForVariance(tensor(new[] { 1f, 2f, 3f })).var(true).item<float>());
        Assert.Contains(
            "x.to(ScalarType.Float32)",
            Assert.Throws<NotSupportedException>(() => CheckedCalls.ForVariance(ones(3, dtype: ScalarType.Int64))).Message);
    }

    [Fact]
    public void AnAxisThatIsNotThereIsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1f, 3f, 3f], CheckedCalls.CumulativeMaximum(tensor(new[] { 1f, 3f, 2f }), -1).values.data<float>().ToArray());
        Assert.Equal([3f, 1f, 1f], CheckedCalls.CumulativeMinimum(tensor(new[] { 3f, 1f, 2f }), 0).values.data<float>().ToArray());
        Assert.Equal(
            "[2, 3] has no axis 2; axes run from -2 to 1.",
            Assert.Throws<ShapeException>(() => CheckedCalls.CumulativeMaximum(ones(2, 3), 2)).Message);
        Assert.Throws<ShapeException>(() => CheckedCalls.CumulativeMinimum(ones(3), -2));
    }
}
