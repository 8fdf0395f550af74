using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class FigureTests
{
    private static readonly int[] Lengths = [64, 128, 256];
    private static readonly double[] Times = [1.25, 2.5, 5];

    public static TheoryData<string> Kinds => [.. All.Keys];

    private static Dictionary<string, Figure> All => new(StringComparer.Ordinal)
    {
        ["line"] = Figure.Line("<Time> & more", Lengths, Times, "tokens", "ms", "a")
            .AddLine("b", Lengths, Times).AddHorizontalLine(3, "limit").AddVerticalLine(100, "here"),
        ["logarithmic line"] = Figure.Line("Time", Lengths, Times, logX: true, logY: true),
        ["scatter"] = Figure.Scatter("Words", [1.0, 2, 2], [1.0, 2, 2], ["<king>", "queen", "q\0ueen"]),
        ["bar"] = Figure.Bar("Bars", ["a", "b & c"], [1, -2]).AddBars("more", [3, 4]).AddHorizontalLine(2, "limit"),
        ["lying bar"] = Figure.Bar(
            "Bars", Enumerable.Range(0, 9).Select(i => $"a category with a long name, number {i}"), Enumerable.Range(0, 9)),
        ["histogram"] = Figure.Histogram("Weights", [1.0, 2, 2, 3]),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheSvgIsWellFormedAndNamed(string kind)
    {
        var svg = XDocument.Parse(All[kind].ToSvg()).Root!;
        Assert.NotEmpty(svg.Attribute("aria-label")!.Value);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.NotEmpty(svg.Elements().Single(element => element.Name.LocalName == "title").Value);
        Assert.NotEmpty(svg.Elements().Single(element => element.Name.LocalName == "desc").Value);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NothingIsScriptedOrLoaded(string kind)
    {
        foreach (var page in new[] { All[kind].ToSvg(), All[kind].ToHtml() })
        {
            Assert.DoesNotContain(XDocument.Parse(page).Descendants(), element =>
                element.Name.LocalName is "script" or "image" or "use" or "foreignObject" || element.Attribute("href") is not null);
            Assert.DoesNotContain("url(", page);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryTextStaysInThePicture(string kind)
    {
        var svg = XDocument.Parse(All[kind].ToSvg()).Root!;
        foreach (var text in svg.Descendants().Where(element => element.Name.LocalName == "text"))
        {
            var written = string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value));
            var width = TextMetrics.Width(written, Number(text, "font-size"));
            var left = Number(text, "x") - (text.Attribute("text-anchor")?.Value switch { "middle" => width / 2, "end" => width, _ => 0 });
            Assert.True(left >= 0 && left + width <= Number(svg, "width"), $"'{written}' runs from {left} to {left + width}");
            Assert.InRange(Number(text, "y"), 8, Number(svg, "height"));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheSameFigureIsTheSameTextEveryTime(string kind)
    {
        var culture = CultureInfo.CurrentCulture;
        var (svg, text) = (All[kind].ToSvg(), All[kind].ToText());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus" } };
            Assert.Equal(svg, All[kind].ToSvg());
            Assert.Equal(text, All[kind].ToText());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PlotlyGetsATraceForEachSeries(string kind)
    {
        using var json = JsonDocument.Parse(All[kind].ToPlotly());
        Assert.Equal(kind is "line" or "bar" ? 2 : 1, json.RootElement.GetProperty("data").GetArrayLength());
        Assert.True(json.RootElement.GetProperty("layout").TryGetProperty("xaxis", out _));
    }

    [Fact]
    public void ThePlainTextListsEveryValue() => Assert.Equal(
        """
        Time per token
        x: tokens in the cache, y: ms
          x     y
        ───  ────  ──────────────────────────────
         64  1.25  ███████▌
        128  2.50  ███████████████
        256  5.00  ██████████████████████████████
        """, Figure.Line("Time per token", Lengths, Times, "tokens in the cache", "ms").ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void SeriesOverOtherXAreListedApart()
    {
        var text = Figure.Line("Loss", [1, 2], [7.5, 6], name: "training").AddLine("held-out", [1], [7.25]).ToText();
        Assert.Contains("training", text);
        Assert.Contains("7.25", text);
    }

    [Fact]
    public void ManyRowsAreCutWithTheirNumber() =>
        Assert.Contains("… 880 more rows …", Figure.Line("Long", Enumerable.Range(0, 1000), Enumerable.Range(0, 1000)).ToText());

    [Fact]
    public void AFigureIsNotChangedByAddingToIt()
    {
        var figure = Figure.Line("Time", Lengths, Times);
        var before = figure.ToText();
        figure.AddLine("more", Lengths, Times);
        Assert.Equal(before, figure.ToText());
    }

    [Fact]
    public void ALineBreaksWhereYIsNotANumber()
    {
        var path = XDocument.Parse(Figure.Line("Gap", [1, 2, 3, 4, 5], [1, 2, double.NaN, 4, 5]).ToSvg()).Descendants()
            .First(element => element.Attribute("stroke-linejoin") is not null).Attribute("d")!.Value;
        Assert.Equal(2, path.Count(letter => letter == 'M'));
    }

    [Fact]
    public void LengthsThatDifferAreRefused() =>
        Assert.StartsWith(
            "x has 3 values and y has 2", Assert.Throws<ArgumentException>(() => Figure.Line("Time", Lengths, [1.0, 2])).Message);

    [Fact]
    public void LabelsThatDoNotMatchAreRefused() =>
        Assert.StartsWith("x has 1 values and labels has 2",
            Assert.Throws<ArgumentException>(() => Figure.Scatter("Words", [1], [1], ["a", "b"])).Message);

    [Fact]
    public void ALogarithmicAxisRefusesZero() =>
        Assert.StartsWith("y[1] is 0; a logarithmic axis shows only values above 0.",
            Assert.Throws<ArgumentException>(() => Figure.Line("Time", [1, 2], [1, 0], logY: true)).Message);

    [Fact]
    public void ALogarithmicAxisRefusesALimitBelowZero() =>
        Assert.Throws<ArgumentException>(() => Figure.Line("Time", [1, 2], [1, 2], logY: true).AddHorizontalLine(-1, "limit"));

    [Fact]
    public void AnXThatIsNotANumberIsRefused() =>
        Assert.StartsWith("x[1] is NaN", Assert.Throws<ArgumentException>(() => Figure.Line("Time", [1, double.NaN], [1, 2])).Message);

    [Fact]
    public void ALineOnABarChartIsRefused() =>
        Assert.Contains(
            "Figure.Line", Assert.Throws<InvalidOperationException>(() => Figure.Bar("Bars", ["a"], [1]).AddLine("b", [1], [1])).Message);

    [Fact]
    public void BarsStartAtZero()
    {
        var bars = XDocument.Parse(Figure.Bar("Bars", ["a", "b"], [100, 50]).ToSvg()).Descendants()
            .Where(element => element.Name.LocalName == "rect" && element.Attribute("fill")!.Value == Palette.Blue)
            .Select(bar => Number(bar, "height")).ToArray();
        Assert.Equal(2, bars[0] / bars[1], 1);
    }

    [Fact]
    public void EveryValueFallsIntoOneBin()
    {
        var text = Figure.Histogram("Weights", [0.0, 0.5, 1, 1, 1.5, 2], bins: 2).ToText();
        Assert.Contains("0 … 1      2", text);
        Assert.Contains("1 … 2      4", text);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value);
}
