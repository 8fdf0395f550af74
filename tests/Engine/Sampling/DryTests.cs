using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Engine.Tests;

public class DryTests
{
    // The text ends in 1 2, which stood at its beginning and was followed by 3: a repetition of 2 tokens, the allowed length, so 3
    // loses 1 x 1.75^0 = 1. After 0 1 2 that stood there too it would be 3 tokens: 1.75^1.
    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 1, 2 }, 3, 1.0)]
    [InlineData(new[] { 0, 1, 2, 3, 4, 0, 1, 2 }, 3, 1.75)]
    [InlineData(new[] { 5, 0, 1, 2, 3, 4, 5, 0, 1, 2 }, 3, 1.75 * 1.75)]
    [InlineData(new[] { 1, 1, 1, 1 }, 1, 1.75)]                             // 1 1 1 stands one place earlier, followed by 1
    public void ATokenThatWouldGoOnRepeatingIsLowered(int[] history, int lowered, double penalty)
    {
        var expected = new float[6];
        expected[lowered] = -(float)penalty;
        Assert.Equal(expected, After(new() { Multiplier = 1 }, history));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 1, 2, 3, 4 })]
    [InlineData(new[] { 2, 3, 4, 2 })]                                      // 1 token repeats: less than the allowed 2
    public void ATextWithoutARepetitionOfTheAllowedLengthIsLeftAlone(int[] history) =>
        Assert.Equal(new float[6], After(new() { Multiplier = 1 }, history));

    // 1 2 stands twice, followed by 3 and by 4; 0 1 2 only before 4. Each token pays for its own longest repetition.
    [Fact]
    public void TheLongestRepetitionOfATokenCounts() =>
        Assert.Equal([0f, 0, 0, -1, -1.75f, 0], After(new() { Multiplier = 1 }, [1, 2, 3, 0, 1, 2, 4, 0, 1, 2]));

    // With 1 as a breaker only the 2 after it can repeat.
    [Fact]
    public void ABreakerEndsARepetition()
    {
        int[] history = [0, 1, 2, 3, 4, 0, 1, 2];
        Assert.Equal(new float[6], After(new() { Multiplier = 1, Breakers = [1] }, history));
        Assert.Equal([0f, 0, 0, -1, 0, 0], After(new() { Multiplier = 1, AllowedLength = 1, Breakers = [1] }, history));
    }

    [Fact]
    public void ABreakerIsNeverLowered() =>
        Assert.Equal(new float[6], After(new() { Multiplier = 1, Breakers = [3] }, [1, 2, 3, 4, 1, 2]));

    // The cases of llama.cpp's tests/test-sampling.cpp, to its 1e-5; base 1.1.
    [Theory]
    [InlineData(4, new[] { 0, 1 }, new[] { 0.25, 0.25, 0.25, 0.25 }, 1, 2)]
    [InlineData(4, new[] { 0, 1, 2, 0, 1 }, new[] { 0.296923, 0.296923, 0.109232, 0.296923 }, 1, 2)]
    [InlineData(5, new[] { 0, 1, 3, 4, 0, 1 }, new[] { 0.2, 0.2, 0.2, 0.2, 0.2 }, 1, 2, 3)]
    [InlineData(5, new[] { 0, 1, 2, 0, 1 }, new[] { 0.241818, 0.241818, 0.032727, 0.241818, 0.241818 }, 2, 2)]
    [InlineData(5, new[] { 0, 1, 2, 3, 4, 0, 1 }, new[] { 0.2, 0.2, 0.2, 0.2, 0.2 }, 1, 4)]
    public void ProbabilitiesAreThoseOfLlamaCpp(
        int vocabulary, int[] history, double[] expected, double multiplier, int allowedLength, params int[] breakers)
    {
        var logits = new float[vocabulary];
        new Dry(new() { Multiplier = multiplier, Base = 1.1, AllowedLength = allowedLength, Breakers = breakers }).Apply(logits, history);
        Assert.All(expected.Zip(Softmax.Of(logits)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void AVeryLongRepetitionLeavesNumbers() =>
        Assert.True(float.IsFinite(After(new() { Multiplier = 1000, Base = 1000 }, [.. Enumerable.Repeat(1, 5000)])[1]));

    // The definition, without cleverness: for each earlier place, count how far the text before it equals the text's end.
    [Fact]
    public void TheFastSearchLowersWhatTheDefinitionLowers()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var history = Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(3)).ToArray();
            var options = new DryOptions { AllowedLength = random.Next(1, 4), Breakers = random.Next(2) == 0 ? [2] : [] };
            Assert.Equal(Defined(options, history), After(options, history));
        }
    }

    private static float[] Defined(DryOptions options, int[] history)
    {
        var logits = new float[6];
        foreach (var token in Enumerable.Range(0, 6).Where(token => !options.Breakers.Contains(token)))
        {
            var longest = Enumerable.Range(0, history.Length).Where(at => history[at] == token)
                .Select(at => Common(history[..at], history, options.Breakers)).DefaultIfEmpty(0).Max();
            if (longest >= options.AllowedLength)
                logits[token] -= (float)(options.Multiplier * Math.Pow(options.Base, longest - options.AllowedLength));
        }
        return logits;
    }

    private static int Common(int[] earlier, int[] text, IReadOnlyList<int> breakers) =>
        earlier.Reverse().Zip(text.Reverse()).TakeWhile(pair => pair.First == pair.Second && !breakers.Contains(pair.First)).Count();

    private static float[] After(DryOptions options, int[] history)
    {
        var logits = new float[6];
        new Dry(options).Apply(logits, history);
        return logits;
    }
}
