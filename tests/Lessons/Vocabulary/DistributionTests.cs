using static LlmRabbitHoles.Lessons.Cells;

namespace LlmRabbitHoles.Lessons.Tests;

public sealed class DistributionTests
{
    [Fact]
    public void SoftmaxIsThatOfPaper()
    {
        var next = Softmax(("owl", Math.Log(6)), ("hen", Math.Log(3)), ("END", 0));      // 6 : 3 : 1
        Assert.Equal(0.6, next["owl"], 1e-6);
        Assert.Equal(0.3, next["hen"], 1e-6);
        Assert.Equal(0.1, next["END"], 1e-6);
        Assert.Equal("owl", next.Likeliest);
        Assert.Equal(3, next.RankOf("END"));
        Assert.Equal(["owl", "hen"], next.Top(2).Select(candidate => candidate.Token));
    }

    [Fact]
    public void EntropyOfEightEqualTokensIsThreeBits() =>
        Assert.Equal(3, Softmax([.. Enumerable.Range(0, 8).Select(i => ($"{i}", 1.0))]).Entropy, 1e-9);

    [Fact]
    public void AnUnknownTokenIsRefused() => Assert.StartsWith("No token is 'cow'.",
        Assert.Throws<ArgumentException>(() => Softmax(("owl", 1))["cow"]).Message, StringComparison.Ordinal);
}
