using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class AttentionMapTests
{
    private static readonly double[,] Weights = { { 1, 0, 0 }, { 0.25, 0.75, 0 }, { 0.5, 0, 0.5 } };

    [Fact]
    public void MaskedWeightsAreBlankAndWeightsOfZeroAreNot() => Assert.Equal(
        """
        Layer 0, head 1
        x: keys: the tokens looked at, y: queries: the tokens that look
               The  ·cat  ·sat
        ────  ────  ────  ────
        The   1.00
        ·cat  0.25  0.75
        ·sat  0.50  0.00  0.50
        """, AttentionMap.Of("Layer 0, head 1", Weights, ["The", " cat", " sat"]).ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void QueriesOfADecodeStepAreTheLastTokens() =>
        Assert.EndsWith(
            "·sat  0.50  0.25  0.25", AttentionMap.Of("Step", new double[,] { { 0.5, 0.25, 0.25 } }, ["The", " cat", " sat"]).ToText());

    [Fact]
    public void HeadsBecomeSmallMapsWithOneScale()
    {
        var heads = AttentionMap.Heads("Layer 0", [Weights, Weights], ["The", " cat", " sat"]);
        Assert.Contains("head 1", XDocument.Parse(heads.ToSvg()).Root!.Value);
        Assert.Contains("head 1", heads.ToText());
    }

    [Fact]
    public void WeightsBeforeTheSoftmaxAreRefused() =>
        Assert.Contains("after the softmax",
            Assert.Throws<ArgumentException>(() => AttentionMap.Of("Scores", new double[,] { { 3.5 } }, ["a"])).Message);

    [Fact]
    public void PiecesThatDoNotMatchTheKeysAreRefused() =>
        Assert.StartsWith("weights (each row) has 3 values and pieces has 1",
            Assert.Throws<ArgumentException>(() => AttentionMap.Of("Layer", Weights, ["a"])).Message);

    [Fact]
    public void MoreQueriesThanKeysAreRefused() =>
        Assert.Contains("Rows must be queries",
            Assert.Throws<ArgumentException>(() => AttentionMap.Of("Layer", new double[,] { { 1 }, { 1 } }, ["a"])).Message);
}
