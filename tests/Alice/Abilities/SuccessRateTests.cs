using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.Alice.Tests;

public class SuccessRateTests
{
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void TheIntervalMatchesWilson(int successes, int trials, double low, double high)
    {
        var interval = new SuccessRate(successes, trials).Interval;
        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Fact]
    public void EveryRateIsPlausibleWithoutTrials() => Assert.Equal((0, 1), new SuccessRate(0, 0).Interval);
}
