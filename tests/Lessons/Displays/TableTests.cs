using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class TableTests
{
    private sealed record Phase(string Step, int Tokens, double Ms);

    [Fact]
    public void ARecordBecomesARow() => Assert.Equal(
        """
        Where the time goes
        Step     Tokens     Ms
        ───────  ──────  ─────
        prefill      12  12.35
        decode     1024   3.10
        """, Table.Of([new Phase("prefill", 12, 12.3456), new Phase("decode", 1024, 3.1)]).Titled("Where the time goes").ToText(),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void AnonymousObjectsTuplesAndPairsBecomeRows()
    {
        Assert.StartsWith("Name  Count", Table.Of([new { Name = "a", Count = 1 }]).ToText());
        Assert.StartsWith("name  count", Table.Of([("a", 1)], "name", "count").ToText());
        Assert.StartsWith("Key  Value", Table.Of(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1 }).ToText());
        Assert.StartsWith("value", Table.Of([1, 2]).ToText());
    }

    [Fact]
    public void ATupleOfEightItemsHasEightColumns() => Assert.Contains("item 8", Table.Of([(1, 2, 3, 4, 5, 6, 7, 8)]).ToText());

    // :not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon td { text-align: right }
    [Fact]
    public void TextStaysOnTheLeftUnderJupytersRuleOfTwoClasses() =>
        Assert.Contains(".rh.rh th,.rh.rh td{", new Table("what").Row("prefill").ToHtml());

    [Fact]
    public void NumbersAndMeasuresAreAlignedToTheRight()
    {
        var cells = XDocument.Parse(new Table("what", "time", "count").Row("prefill", "12.5 ms", 3).ToHtml()).Descendants("td").ToArray();
        Assert.Null(cells[0].Attribute("class"));
        Assert.Equal("r", cells[1].Attribute("class")!.Value);
        Assert.Equal("r", cells[2].Attribute("class")!.Value);
    }

    [Fact]
    public void CellsAreEscaped()
    {
        var html = new Table("<b>").Row("<script>alert(1)</script>").Titled("a & b").ToHtml();
        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.Contains("a &amp; b", html);
    }

    [Fact]
    public void AMissingValueIsADash() => Assert.EndsWith("–", new Table("a").Row(new object?[] { null }).ToText());

    [Fact]
    public void DurationsAreWrittenInTheUnitThatSuitsThem()
    {
        var text = new Table("time").Row(TimeSpan.FromMicroseconds(850))
            .Row(TimeSpan.FromMilliseconds(12.4)).Row(TimeSpan.FromSeconds(3.21)).ToText();
        Assert.Equal(["850 µs", "12.4 ms", "3.21 s"], text.Split('\n').Skip(2).Select(line => line.Trim()));
    }

    [Fact]
    public void ARowOfTheWrongLengthIsRefused() =>
        Assert.StartsWith("Row 1 has 1 cells; the table has 2 columns (a, b).",
            Assert.Throws<ArgumentException>(() => new Table("a", "b").Row(1)).Message);

    [Fact]
    public void AnEmptyTableStillShowsItsHeadings() => Assert.StartsWith("Step  Tokens  Ms", Table.Of(Array.Empty<Phase>()).ToText());
}
