namespace LlmRabbitHoles.Lessons.Tests;

public sealed class ClaimTextTests
{
    private static readonly ClaimRecord[] Claims =
    [
        new("kv-bytes", "kv-bytes", 3072, "bytes", 1, 4096, "cpu", "3072 bytes"),
        new("factor", "factor", 37.04, "x", 1, 100, "cpu", "37.04×"),
    ];

    [Fact]
    public void AMarkShowsValueAndUnit() => Assert.Equal(
        "A token takes <!--kv-bytes-->3072 bytes<!--/-->, **<!--factor-->37×<!--/-->** less.",
        ClaimText.Render("A token takes <!--kv-bytes--><!--/-->, **<!--factor-->9× or so<!--/-->** less.", Claims));

    [Fact]
    public void RenderingTwiceChangesNothing()
    {
        var once = ClaimText.Render("It is <!--factor--><!--/-->, <!--factor-->1<!--/-->.", Claims);
        Assert.Equal(once, ClaimText.Render(once, Claims));
    }

    [Theory]
    [InlineData("`<!--factor--><!--/-->` is code")]
    [InlineData("``a ` <!--factor--><!--/-->``")]
    [InlineData("```html\n<!--factor--><!--/-->\n```\n")]
    [InlineData("$x<!--factor--><!--/-->$")]
    [InlineData("$$\n<!--factor--><!--/-->\n$$")]
    [InlineData("<!--Factor-->1<!--/--> and <!-- factor -->1<!--/--> and <!---->1<!--/-->")]
    [InlineData("<!--factor-->1 without an end")]
    [InlineData("<!--factor-->1\n2<!--/-->")]
    [InlineData("<!--no-such-claim-->1<!--/-->")]
    public void TextWithoutAMarkStaysUnchanged(string markdown) => Assert.Equal(markdown, ClaimText.Render(markdown, Claims));

    [Fact]
    public void AMarkBehindCodeIsFound() =>
        Assert.Equal("`a` <!--factor-->37×<!--/--> `b`", ClaimText.Render("`a` <!--factor-->1<!--/--> `b`", Claims));

    [Fact]
    public void MarksAreFoundWithTextLineAndPlace() => Assert.Equal(
        [
            new MarkedNumber("kv-bytes", "3072 bytes", 1, BeginsLine: true),
            new MarkedNumber("lost", "", 3, BeginsLine: false),
            new MarkedNumber("factor", "2", 4, BeginsLine: true),
        ],
        ClaimText.Marks("<!--kv-bytes-->3072 bytes<!--/-->\n`<!--factor-->1<!--/-->`\nso <!--lost--><!--/-->\n  <!--factor-->2<!--/-->"));

    [Theory]
    [InlineData(66.6667, "%", "66.7 %")]
    [InlineData(0.28471, "", "0.285")]
    [InlineData(40.02, "x", "40×")]
    [InlineData(14_049.4, "x", "14,000×")]
    [InlineData(124_439_808, "numbers", "124,439,808 numbers")]
    [InlineData(-0.99996, "", "-1")]
    [InlineData(0.000012345, "", "1.23×10⁻⁵")]
    [InlineData(0, "", "0")]
    [InlineData(double.PositiveInfinity, "ms", "∞ ms")]
    public void ProseHasThreeSignificantDigitsAndWholeNumbersAsTheyAre(double value, string unit, string expected) =>
        Assert.Equal(expected, new ClaimRecord("c", "c", value, unit, 0, 1, "cpu", "").Prose);
}
