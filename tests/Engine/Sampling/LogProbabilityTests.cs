using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Engine.Tests;

public class LogProbabilityTests
{
    // Probabilities 1/8, 4/8, 2/8, 1/8. Logits are float32, so their logarithms are right to about 1e-7.
    [Fact]
    public void TheChosenTokenAndTheLikeliestHaveTheirLogarithms()
    {
        var chosen = ChosenLogProbability.Of([0, MathF.Log(4), MathF.Log(2), 0], token: 3, count: 3);

        Assert.Equal((3, -Math.Log(8)), (chosen.Token, chosen.Value), Near);
        Assert.Equal([1, 2, 0], chosen.Top.Select(top => top.Token));       // of the equals 0 and 3, the lower id
        Assert.All(chosen.Top.Zip([-Math.Log(2), -Math.Log(4), -Math.Log(8)]), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-6));
    }

    // e^10000 leaves float64, so the naive formula gives infinity / infinity; the difference of 1 is all that counts:
    // -ln(1 + e^-1) = -0.3132616875182228.
    [Theory]
    [InlineData(10_000)]
    [InlineData(-10_000)]
    [InlineData(0)]
    public void LargeLogitsLoseNothing(float shift)
    {
        var chosen = ChosenLogProbability.Of([shift, shift + 1], token: 1, count: 2);
        Assert.Equal(-0.3132616875182228, chosen.Value, 1e-11);            // 10,000 is a float64 to within 2e-12
        Assert.Equal(-1.3132616875182228, chosen.Top[1].Value, 1e-11);
    }

    [Fact]
    public void TheProbabilitiesOfAllTokensSumToOne()
    {
        var random = new Random(3);
        float[] logits = [.. Enumerable.Range(0, 1000).Select(_ => (random.NextSingle() * 40) - 20)];
        var all = ChosenLogProbability.Of(logits, token: 0, count: 2000);
        Assert.Equal(1000, all.Top.Count);
        Assert.Equal(1, all.Top.Sum(top => Math.Exp(top.Value)), 1e-12);
        Assert.Equal(Enumerable.Range(0, 1000).OrderByDescending(id => logits[id]).ThenBy(id => id), all.Top.Select(top => top.Token));
    }

    [Fact]
    public void NoneOfTheLikeliestIsAllowed() => Assert.Empty(ChosenLogProbability.Of([1, 2], token: 0, count: 0).Top);

    [Fact]
    public void ATokenThatIsRuledOutIsNotAmongTheLikeliest() => Assert.Equal(
        [1], ChosenLogProbability.Of([float.NegativeInfinity, 2], token: 1, count: 2).Top.Select(top => top.Token));

    private static bool Near((int Token, double Value) a, (int Token, double Value) b) =>
        a.Token == b.Token && Math.Abs(a.Value - b.Value) < 1e-6;
}
