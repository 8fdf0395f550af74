using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Engine.Tests;

public class LogitStepTests
{
    private const float Out = float.NegativeInfinity;

    [Fact]
    public void TemperatureDivides() => Assert.Equal([2f, -4f], After(new Temperature(0.5), [1, -2]));

    [Fact]
    public void TopKKeepsTheLikeliest() => Assert.Equal([Out, 3, 2, Out], After(new TopK(2), [1, 3, 2, 0]));

    [Fact]
    public void TopKKeepsEqualsAtTheBorder() => Assert.Equal([2, 3, 2, Out], After(new TopK(2), [2, 3, 2, 0]));

    [Fact]
    public void TopKOfMoreThanThereAreKeepsAll() => Assert.Equal([1f, 2f], After(new TopK(9), [1, 2]));

    // Probabilities 0.5, 0.25, 0.125, 0.125: the first two reach 0.7, the first three 0.8.
    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.7, 2)]
    [InlineData(0.8, 3)]
    [InlineData(1.0, 4)]
    public void TopPKeepsTheSmallestSetThatReachesIt(double p, int kept) =>
        Assert.Equal(
            kept, After(new TopP(p), [.. new[] { 0.5, 0.25, 0.125, 0.125 }.Select(x => (float)Math.Log(x))]).Count(float.IsFinite));

    // The likeliest has 0.5, so a share of 0.4 rules out what is below 0.2.
    [Fact]
    public void MinPIsAShareOfTheLikeliest() =>
        Assert.Equal(
            [true, true, false],
            After(new MinP(0.4), [.. new[] { 0.5, 0.25, 0.125 }.Select(x => (float)Math.Log(x))]).Select(float.IsFinite));

    [Fact]
    public void ThePenaltyCountsATokenOnceAndPushesBothSignsDown() =>
        Assert.Equal([1f, -4f, 3f], After(new RepetitionPenalty(2), [2, -2, 3], [0, 1, 0]));

    [Fact]
    public void StepsStandInTheirOrderAndIdleOnesAreLeftOut()
    {
        var options = new SamplingOptions { Temperature = 0.7, TopK = 40, TopP = 0.9, MinP = 0.05, RepetitionPenalty = 1.1 };

        Assert.Equal(["repetition penalty 1.1", "temperature 0.7", "top-k 40", "top-p 0.9", "min-p 0.05"],
            LogitPipeline.From(options).Steps.Select(s => s.Name));
        Assert.Empty(LogitPipeline.From(new SamplingOptions()).Steps);
    }

    [Fact]
    public void GreedyTakesTheLikeliestAndOfEqualsTheFirst() =>
        Assert.Equal(1, LogitPipeline.From(SamplingOptions.Greedy).Sample([0, 5, 5, 1], []));

    [Fact]
    public void SamplesFollowTheProbabilities()
    {
        var pipeline = LogitPipeline.From(new SamplingOptions { Seed = 3 });
        var logits = new[] { 0.6, 0.3, 0.1 }.Select(p => (float)Math.Log(p)).ToArray();
        var counts = new int[3];
        const int Draws = 20_000;

        for (var i = 0; i < Draws; i++) counts[pipeline.Sample((float[])logits.Clone(), [])]++;

        // Five standard deviations of a binomial: 5 * sqrt(p (1 - p) / n) <= 0.0177.
        Assert.All(counts.Zip([0.6, 0.3, 0.1]), c => Assert.Equal(c.Second, c.First / (double)Draws, 0.018));
    }

    [Fact]
    public void ARuledOutTokenIsNeverSampled()
    {
        var pipeline = LogitPipeline.From(new SamplingOptions { TopK = 1, Seed = 1 });

        for (var i = 0; i < 200; i++) Assert.Equal(2, pipeline.Sample([1, 1, 1.5f, 1], []));
    }

    [Theory]
    [InlineData(-1, null, null, null, 1, "Temperature must be 0 or more. Use 0 for greedy decoding.")]
    [InlineData(1, 0, null, null, 1, "Top-k must be 1 or more. Leave it out to keep all tokens.")]
    [InlineData(1, null, 1.5, null, 1, "Top-p must be above 0 and at most 1. Leave it out to keep all tokens.")]
    [InlineData(1, null, null, -0.1, 1, "Min-p must be from 0 to 1. Leave it out to keep all tokens.")]
    [InlineData(1, null, null, null, 0, "The repetition penalty must be from 0.001 to 1000. Use 1 for none.")]
    public void ImpossibleSettingsAreRefused(double temperature, int? k, double? p, double? minP, double penalty, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions
        {
            Temperature = temperature,
            TopK = k,
            TopP = p,
            MinP = minP,
            RepetitionPenalty = penalty,
        });

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-37)]
    [InlineData(1e-45)]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    public void ATinyTemperatureIsGreedy(double temperature)
    {
        foreach (var (logits, likeliest) in new (float[], int)[]
        {
            ([1, 30, 2, -5], 1), ([-30, -1, -2, -5], 1), ([0, 0, -1e-30f, 0], 0), ([3e38f, 1, 3.1e38f, 0], 2),
        })
            Assert.Equal(
                logits[likeliest],
                logits[LogitPipeline.From(new SamplingOptions { Temperature = temperature, Seed = 1 }).Sample([.. logits], [])]);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-4)]
    [InlineData(1e300)]
    [InlineData(double.NaN)]
    public void AnExtremePenaltyIsRefused(double penalty) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { RepetitionPenalty = penalty });

    [Fact]
    public void LogitsThatAreNotNumbersAreNoticedByEverySampler()
    {
        SamplingOptions[] all =
        [
            SamplingOptions.Greedy, new(), new() { Temperature = 0.5 }, new() { TopK = 2 }, new() { TopP = 0.5 }, new() { MinP = 0.1 },
            new() { RepetitionPenalty = 2 }, SamplingOptions.Greedy with { RepetitionPenalty = 2 },
            new() { Temperature = 1e-300, TopK = 3, TopP = 0.9, MinP = 0.1 },
        ];
        foreach (var options in all)
        {
            foreach (var bad in new float[][]
            {
                [1, float.NaN, 2], [float.NaN, 1, 2], [1, float.PositiveInfinity, 2], [Out, Out, Out], [float.NaN, float.NaN, float.NaN],
            })
                Assert.Contains(
                    "not numbers", Assert.Throws<LogitsException>(() => LogitPipeline.From(options).Sample([.. bad], [0, 1])).Message);
        }
    }

    private static float[] After(ILogitStep step, float[] logits, int[]? history = null)
    {
        step.Apply(logits, history);
        return logits;
    }
}
