using LlmRabbitHoles.Notebooks.Jupyter.Messages;

namespace LlmRabbitHoles.Jupyter.Tests;

public sealed class CodePointTests
{
    // a, then the rabbit U+1F407 (two units of UTF-16), then b: positions 0 1 3 4 there, 0 1 2 3 for Jupyter.
    private const string Text = "a\U0001F407b";

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void ACharacterBeyondTheBasicPlaneCountsOnce(int codePoints, int index)
    {
        Assert.Equal(index, CodePoints.ToIndex(Text, codePoints));
        Assert.Equal(codePoints, CodePoints.FromIndex(Text, index));
    }

    [Fact]
    public void PositionsBeyondTheEndBecomeTheEnd()
    {
        Assert.Equal(4, CodePoints.ToIndex(Text, 99));
        Assert.Equal(3, CodePoints.FromIndex(Text, 99));
    }

    [Fact]
    public void HalfASurrogatePairCountsAsOne() => Assert.Equal(2, CodePoints.ToIndex("\uD83Dx", 2));
}
