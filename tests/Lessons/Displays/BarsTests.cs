using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class BarsTests
{
    [Fact]
    public void EveryValueIsListedWithItsBar() => Assert.Equal(
        """
        ms
        prefill  12.5  ██████████████████████████████
        decode    2.5  ██████
        """, Bars.Of(("prefill", 12.5), ("decode", 2.5)).Titled("ms").ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void NamesAreEscaped() => Assert.Contains("&lt;a&gt;", Bars.Of(("<a>", 1)).ToHtml());

    [Fact]
    public void NamesAndValuesMayBeApart() => Assert.Contains("layer 1  2", Bars.Of(["layer 1"], [2]).ToText());

    [Fact]
    public void LengthsThatDifferAreRefused() =>
        Assert.StartsWith("names has 1 values and values has 2", Assert.Throws<ArgumentException>(() => Bars.Of(["a"], [1, 2])).Message);
}
