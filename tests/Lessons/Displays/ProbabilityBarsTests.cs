using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class ProbabilityBarsTests
{
    // exp of ln 6, ln 3, ln 1 is 6, 3, 1: probabilities 0.6, 0.3, 0.1.
    private static readonly float[] Logits = [0, MathF.Log(6), MathF.Log(3)];

    [Fact]
    public void LogitsBecomeProbabilitiesLikeliestFirst() => Assert.Equal(
        $"""
        token        probability                                  logit
        {Rule(11)}  {Rule(11)}  {Rule(30)}  {Rule(5)}
        [·1]               60.0%  ██████████████████████████████   1.79
        [·2]               30.0%  ███████████████                  1.10
        the other 1        10.0%  █████
        """, ProbabilityBars.FromLogits(Logits, id => $" {id}", top: 2).ToText(), ignoreLineEndingDifferences: true);

    private static string Rule(int length) => new('─', length);

    [Fact]
    public void ATokenThatWasRuledOutHasNoProbability() =>
        Assert.Contains("-∞", ProbabilityBars.FromLogits([0, float.NegativeInfinity], id => $"{id}").ToText());

    [Fact]
    public void PiecesAreEscaped() => Assert.Contains("&lt;b&gt;", ProbabilityBars.Of(["<b>"], [0.5]).ToHtml());

    [Fact]
    public void ALogitThatIsNotANumberIsRefused() =>
        Assert.StartsWith(
            "logits[1] is NaN", Assert.Throws<ArgumentException>(() => ProbabilityBars.FromLogits([0, float.NaN], id => "")).Message);

    [Fact]
    public void AVocabularyWithoutAnyTokenLeftIsRefused() =>
        Assert.StartsWith("No logit is finite",
            Assert.Throws<ArgumentException>(() => ProbabilityBars.FromLogits([float.NegativeInfinity], id => "")).Message);

    [Fact]
    public void AProbabilityAboveOneIsRefused() =>
        Assert.StartsWith("probabilities[0] is 1.5", Assert.Throws<ArgumentException>(() => ProbabilityBars.Of(["a"], [1.5])).Message);

    [Fact]
    public void LengthsThatDifferAreRefused() =>
        Assert.StartsWith("pieces has 1 values and probabilities has 2",
            Assert.Throws<ArgumentException>(() => ProbabilityBars.Of(["a"], [0.5, 0.5])).Message);
}
