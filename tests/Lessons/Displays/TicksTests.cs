using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Tests;

public class TicksTests
{
    [Theory]
    [InlineData(0, 19.9, 5, "0 5 10 15 20")]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-3, 3, 3, "-4 -2 0 2 4")]
    [InlineData(0, 131_072, 5, "0 50k 100k 150k")]
    [InlineData(0, 0.0004, 4, "0.0000 0.0001 0.0002 0.0003 0.0004")]
    [InlineData(1e6, 3.5e6, 5, "1.0M 1.5M 2.0M 2.5M 3.0M 3.5M")]
    public void LinearTicksStepByOneTwoOrFive(double low, double high, int wanted, string labels) =>
        Assert.Equal(labels, string.Join(' ', Ticks.Labels(Ticks.Linear(low, high, wanted))));

    [Theory]
    [InlineData(1, 10_000, 10, 8, "1 10 100 1000 10k")]
    [InlineData(1, 50, 10, 8, "1 2 5 10 20 50")]
    [InlineData(64, 1024, 2, 8, "64 128 256 512 1024")]
    [InlineData(0.001, 10, 10, 8, "0.001 0.01 0.1 1 10")]
    public void LogarithmicTicksArePowers(double low, double high, int logBase, int wanted, string labels) =>
        Assert.Equal(labels, string.Join(' ', Ticks.LogarithmicLabels(Ticks.Logarithmic(low, high, logBase, wanted), logBase)));

    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(1, 1)]
    [InlineData(1.1, 2)]
    [InlineData(6, 10)]
    [InlineData(210, 500)]
    public void AStepIsTheNextOneTwoOrFive(double size, double step) => Assert.Equal(step, Ticks.Step(size), 10);

    [Fact]
    public void TicksNeverOverlapOnTheAxis()
    {
        foreach (var high in new[] { 1, 7, 99, 1234, 56_789, 987_654_321.0 })
        {
            var axis = Axis.Rounded(new AxisRange(0, high, 0), 6, 0, 600);
            Assert.InRange(axis.TickValues.Length, 3, 9);
            Assert.Equal(0, axis.At(axis.Low));
            Assert.Equal(600, axis.At(axis.High));
            Assert.True(axis.High >= high);
        }
    }
}
