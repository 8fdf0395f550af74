using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class TokenStripTests
{
    [Fact]
    public void ThePlainTextHasTheIdBeneathEachPiece() => Assert.Equal(
        """
        [The][·capital][⏎] [<0xE2>]
         464    3139   198   158
        4 tokens
        """, TokenStrip.Of(["The", " capital", "\n", "<0xE2>"], [464, 3139, 198, 158]).ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void ATitleStandsBeforeTheCount()
    {
        var strip = TokenStrip.Of(["hi"], [7]).Titled("GPT-2");
        Assert.EndsWith("\nGPT-2: 1 token", strip.ToText(), StringComparison.Ordinal);
        Assert.Contains("GPT-2: 1 token", strip.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void PiecesAreEscapedAndSpacesShow()
    {
        var html = TokenStrip.Of([" <b>", "\t"], [1, 2]).ToHtml();
        Assert.Contains("·&lt;b&gt;", html);
        Assert.Contains("⇥", html);
        Assert.DoesNotContain("<b>", html);
    }

    [Fact]
    public void ASpecialTokenLooksOther()
    {
        var tokens = XDocument.Parse(TokenStrip.Of(["hi", "<|end|>"], [7, 5], special: [5]).ToHtml()).Descendants("span").ToArray();
        Assert.Equal("k", tokens[0].Attribute("class")!.Value);
        Assert.Equal("k s", tokens[1].Attribute("class")!.Value);
        Assert.Contains("special", tokens[1].Attribute("title")!.Value);
    }

    [Fact]
    public void ControlCharactersDoNotBreakTheMarkup() => XDocument.Parse(TokenStrip.Of(["\0", "\u001b", "\ud83d"], [1, 2, 3]).ToHtml());

    [Fact]
    public void LongStripsAreBroken() =>
        Assert.All(TokenStrip.Of(Enumerable.Repeat(" capital", 50), Enumerable.Range(0, 50)).ToText().Split('\n'),
            line => Assert.InRange(line.Length, 0, 96));

    [Fact]
    public void LengthsThatDifferAreRefused() =>
        Assert.StartsWith(
            "pieces has 1 values and ids has 2", Assert.Throws<ArgumentException>(() => TokenStrip.Of(["a"], [1, 2])).Message);

    [Fact]
    public void AnEmptyStripShowsZeroTokens() => Assert.EndsWith("0 tokens", TokenStrip.Of([], []).ToText());
}
