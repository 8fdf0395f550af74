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

    // The definition: tokens from likeliest to unlikeliest, of equals the lower id first, until the sum is reached. Logits of few
    // values have many equals.
    [Fact]
    public void TopPKeepsTheLowerIdsOfEqualsAtTheBorder()
    {
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            float[] logits = [.. Enumerable.Range(0, 50).Select(_ => (float)random.Next(6))];
            var (p, probabilities, sum) = (random.NextDouble(), Softmax.Of(logits), 0.0);
            var expected = new List<int>();
            foreach (var token in Enumerable.Range(0, 50).OrderByDescending(token => probabilities[token]))
            {
                if (sum < p) expected.Add(token);
                sum += probabilities[token];
            }
            var left = After(new TopP(p), [.. logits]);
            Assert.Equal(expected.Order(), Enumerable.Range(0, 50).Where(token => float.IsFinite(left[token])));
            Assert.All(expected, token => Assert.Equal(logits[token], left[token]));
        }
    }

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
    public void ABiasIsAddedAndMinusInfinityBans() =>
        Assert.Equal(
            [1f, 4.5f, Out],
            After(new LogitBias(new Dictionary<int, double> { [1] = 2.5, [2] = double.NegativeInfinity }), [1, 2, 3]));

    [Fact]
    public void ABiasOfATokenOutsideTheVocabularyIsRefused() => Assert.StartsWith(
        "The logit bias names token 3, and the model's vocabulary goes from 0 to 2. Was the id made with another tokenizer?",
        Assert.Throws<ArgumentOutOfRangeException>(() => After(new LogitBias(new Dictionary<int, double> { [3] = 1 }), [1, 2, 3])).Message);

    // Token 0 was generated twice, token 1 once; the prompt's two tokens 2 do not count.
    [Fact]
    public void TheFrequencyPenaltyCountsEachTimeThatATokenWasGenerated() =>
        Assert.Equal([0f, 0.5f, 1f, 1f], After(new FrequencyPenalty(0.5), [1, 1, 1, 1], [2, 2, 0, 1, 0], promptLength: 2));

    [Fact]
    public void ThePresencePenaltyCountsAGeneratedTokenOnce() =>
        Assert.Equal([0.5f, 0.5f, 1f, 1f], After(new PresencePenalty(0.5), [1, 1, 1, 1], [2, 2, 0, 1, 0], promptLength: 2));

    [Fact]
    public void WithoutAPromptLengthAllTokensCountAsGenerated() =>
        Assert.Equal([1f, 1f, 0f], After(new FrequencyPenalty(0.5), [1, 1, 1], [2, 2]));

    // Probabilities 0.6, 0.2, 0.1, 0.1: the entropy is 0.6*0.511 + 0.2*1.609 + 2*0.1*2.303 = 1.089. Distances of the surprises:
    // |0.511 - 1.089| = 0.578, |1.609 - 1.089| = 0.520, |2.303 - 1.089| = 1.214. So token 1 is the most typical, then 0, 2, 3.
    [Theory]
    [InlineData(0.1, new[] { 1 })]
    [InlineData(0.5, new[] { 0, 1 })]
    [InlineData(0.85, new[] { 0, 1, 2 })]
    [InlineData(1.0, new[] { 0, 1, 2, 3 })]
    public void TypicalKeepsTheTokensWhoseSurpriseIsNearestToTheEntropy(double p, int[] kept)
    {
        var logits = After(new TypicalP(p), [.. new[] { 0.6, 0.2, 0.1, 0.1 }.Select(x => (float)Math.Log(x))]);
        Assert.Equal(kept, logits.Index().Where(logit => float.IsFinite(logit.Item)).Select(logit => logit.Index));
    }

    // The cases of llama.cpp's tests/test-sampling.cpp. In the second the entropy is 1.332: the likeliest token, with a surprise of
    // 0.916, is less typical than the three others with 1.609.
    [Theory]
    [InlineData(new[] { 0.97, 0.01, 0.01, 0.01 }, 0.5, new[] { 0 })]
    [InlineData(new[] { 0.4, 0.2, 0.2, 0.2 }, 0.5, new[] { 1, 2, 3 })]
    public void TypicalKeepsWhatLlamaCppKeeps(double[] probabilities, double p, int[] kept)
    {
        var logits = After(new TypicalP(p), [.. probabilities.Select(x => (float)Math.Log(x))]);
        Assert.Equal(kept, logits.Index().Where(logit => float.IsFinite(logit.Item)).Select(logit => logit.Index));
    }

    // The cases of llama.cpp's tests/test-sampling.cpp, to its 1e-5: five equal tokens, frequency and presence penalty 5.
    [Theory]
    [InlineData(new[] { 0 }, new[] { 0.000011, 0.249997, 0.249997, 0.249997, 0.249997 })]
    [InlineData(new[] { 0, 1, 2 }, new[] { 0.000023, 0.000023, 0.000023, 0.499966, 0.499966 })]
    [InlineData(new[] { 0, 1, 2, 0, 0 }, new[] { 0.000000, 0.000023, 0.000023, 0.499977, 0.499977 })]
    public void FrequencyAndPresencePenaltyGiveWhatLlamaCppGives(int[] history, double[] expected)
    {
        var logits = After(new PresencePenalty(5), After(new FrequencyPenalty(5), new float[5], history), history);
        Assert.All(expected.Zip(Softmax.Of(logits)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void TypicalLeavesTokensThatAreRuledOutAlready() => Assert.Equal([0f, Out, 0f], After(new TypicalP(0.9), [0, Out, 0]));

    [Fact]
    public void StepsStandInTheirOrderAndIdleOnesAreLeftOut()
    {
        var options = new SamplingOptions
        {
            LogitBias = new Dictionary<int, double> { [3] = 1 },
            RepetitionPenalty = 1.1,
            FrequencyPenalty = 0.5,
            PresencePenalty = 0.25,
            Dry = new(),
            Temperature = 0.7,
            TopK = 40,
            TopP = 0.9,
            MinP = 0.05,
            TypicalP = 0.95,
        };
        string[] corrections =
            ["logit bias of 1 token", "repetition penalty 1.1", "frequency penalty 0.5", "presence penalty 0.25", "DRY 0.8"];

        Assert.Equal(
            [.. corrections, "temperature 0.7", "top-k 40", "top-p 0.9", "min-p 0.05", "typical 0.95"],
            LogitPipeline.From(options).Steps.Select(step => step.Name));
        Assert.Equal(corrections, LogitPipeline.From(options with { Temperature = 0 }).Steps.Select(step => step.Name));
        Assert.Empty(LogitPipeline.From(new SamplingOptions()).Steps);
        Assert.Empty(LogitPipeline.From(new SamplingOptions
        {
            LogitBias = new Dictionary<int, double>(),
            RepetitionPenalty = 1,
            FrequencyPenalty = 0,
            PresencePenalty = 0,
            Dry = new() { Multiplier = 0 },
            Temperature = 1,
            MinP = 0,
            TypicalP = 1,
        }).Steps);
    }

    [Fact]
    public void SettingsChangeNothingByDefault() => Assert.Equal(
        (null, null, null, null, null, null),
        (new SamplingOptions().LogitBias, new SamplingOptions().FrequencyPenalty, new SamplingOptions().PresencePenalty,
            new SamplingOptions().Dry, new SamplingOptions().TypicalP, new SamplingOptions().Temperature));

    // The probabilities are 4/8, 2/8, 1/8, 1/8. A bias of ln 4 makes the last likeliest, 4/11; top-k 2 keeps
    // the two fours.
    [Fact]
    public void ATraceShowsTheProbabilitiesAfterEachStep()
    {
        float[] logits = [(float)Math.Log(4), (float)Math.Log(2), 0, 0];
        var pipeline = LogitPipeline.From(new SamplingOptions { LogitBias = new Dictionary<int, double> { [3] = Math.Log(4) }, TopK = 2 });

        var trace = pipeline.Trace(logits, []);

        Assert.Equal([("logits", 4), ("logit bias of 1 token", 4), ("top-k 2", 2)], trace.Select(step => (step.Name, step.Left)));
        double[][] expected = [[4 / 8.0, 2 / 8.0, 1 / 8.0, 1 / 8.0], [4 / 11.0, 2 / 11.0, 1 / 11.0, 4 / 11.0], [0.5, 0, 0, 0.5]];
        // Logits are float32: each probability is right to about 1e-7.
        foreach (var (wanted, step) in expected.Zip(trace))
            Assert.All(wanted.Zip(step.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal([(float)Math.Log(4), (float)Math.Log(2), 0, 0], logits);
    }

    [Fact]
    public void ATraceCountsThePromptAsSampleDoes()
    {
        var pipeline = LogitPipeline.From(SamplingOptions.Greedy with { PresencePenalty = 2 });
        Assert.Equal([0.5, 0.5], pipeline.Trace([0, 0], [0], promptLength: 1)[^1].Probabilities);
        Assert.Equal(0, pipeline.Sample([0, 0], [0], promptLength: 1));
        Assert.Equal(1, pipeline.Sample([0, 0], [0], promptLength: 0));
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

    public static TheoryData<string, Func<SamplingOptions>> ImpossibleOptions => new()
    {
        { "Typical p must be above 0 and at most 1. Leave it out to keep all tokens.", () => new() { TypicalP = 0 } },
        { "Typical p must be above 0 and at most 1. Leave it out to keep all tokens.", () => new() { TypicalP = double.NaN } },
        { "The frequency penalty must be from -2 to 2. Use 0 for none.", () => new() { FrequencyPenalty = 2.1 } },
        { "The presence penalty must be from -2 to 2. Use 0 for none.", () => new() { PresencePenalty = double.NaN } },
        { "A logit bias must be from -1000 to 1000, or minus infinity to ban the token.", () => Biased(1001) },
        { "A logit bias must be from -1000 to 1000, or minus infinity to ban the token.", () => Biased(double.PositiveInfinity) },
        { "A logit bias must be from -1000 to 1000, or minus infinity to ban the token.", () => Biased(double.NaN) },
        { "The DRY multiplier must be from 0 to 1000. Use 0 for none.", () => new() { Dry = new() { Multiplier = -1 } } },
        { "The DRY base must be from 1 to 1000. The usual one is 1.75.", () => new() { Dry = new() { Base = 0.5 } } },
        { "The DRY allowed length must be 1 or more. The usual one is 2.", () => new() { Dry = new() { AllowedLength = 0 } } },
    };

    [Theory, MemberData(nameof(ImpossibleOptions))]
    public void ImpossibleBiasesAndPenaltiesAreRefused(string message, Func<SamplingOptions> options) => Assert.StartsWith(
        message, Assert.Throws<ArgumentOutOfRangeException>(options).Message, StringComparison.Ordinal);

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
            new() { TypicalP = 0.5 }, new() { FrequencyPenalty = 1 }, Biased(2),
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

    private static SamplingOptions Biased(double bias) => new() { LogitBias = new Dictionary<int, double> { [0] = bias } };

    private static float[] After(ILogitStep step, float[] logits, int[]? history = null, int promptLength = 0)
    {
        step.Apply(logits, history, promptLength);
        return logits;
    }
}
