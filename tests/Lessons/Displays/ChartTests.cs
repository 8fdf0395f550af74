using System.Text.Json;
using System.Xml.Linq;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;
using Plotly.NET;

using Figure = LlmRabbitHoles.Lessons.Displays.Figure;

namespace LlmRabbitHoles.Lessons.Tests;

/// <summary>Charts of Plotly.NET, those of figures and those that a reader makes.</summary>
public sealed class ChartTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AFiguresChartGoesOnWithPlotlysMethods()
    {
        var chart = Plotly.NET.CSharp.GenericChartExtensions.WithSize(Figure.Line("Time", [1, 2], [3, 4]).Chart, 321, 123);
        using var json = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        Assert.Equal(321, json.RootElement.GetProperty("layout").GetProperty("width").GetInt32());
        Assert.Equal("Time", json.RootElement.GetProperty("layout").GetProperty("title").GetProperty("text").GetString());
    }

    [Fact]
    public void AGapIsNullInTheJson() =>
        Assert.Contains("\"y\":[1.0,null,9.0]", Figure.Line("Gap", [1, 2, 3], [1, double.NaN, 9]).ToPlotly());

    public static TheoryData<string> Figures => ["line", "scatter", "bar", "heat map"];

    [Theory]
    [MemberData(nameof(Figures))]
    public void AFiguresChartReadsBackAsTheFigure(string kind)
    {
        var figure = kind switch
        {
            "line" => Figure.Line("Time", [64, 128], [1.5, double.NaN], "tokens", "ms", "a", logX: true).AddLine("b", [64, 128], [2.0, 3]),
            "scatter" => Figure.Scatter("Words", [1.0, 2], [3.0, 4], ["king", "queen"]),
            "bar" => Figure.Bar("Bars", ["a", "b"], [1, 2], "kind", "ms").AddBars("more", [3, 4]),
            _ => Figure.HeatMap("Similarity", new[,] { { 1, 0.8 }, { 0.8, -0.4 } }, ["king", "queen"], ["a", "b"]),
        };
        var read = LlmRabbitHoles.Lessons.Displays.Charts.ChartReader.Read(figure.Chart)!;
        Assert.Equal(figure.ToText(), read.ToText());
        Assert.Equal(figure.ToSvg(), new Figure(read).ToSvg());
    }

    [Theory]
    [InlineData("Chart.Line<int, int, string>(new[] { 1, 2, 3 }, new[] { 1, 4, 9 }, Name: \"squares\")", "squares")]
    [InlineData("Chart.Point<double, double, string>(new[] { 1.0, 2 }, new[] { 3.0, 4 })", "2  4")]
    [InlineData("Chart.Column<int, string, string>(new[] { 1, 2 }, Keys: new[] { \"left\", \"right\" })", "right")]
    [InlineData("Chart.Bar<int, string, string>(new[] { 1, 2 }, Keys: new[] { \"left\", \"right\" })", "right")]
    [InlineData("Chart.Histogram<double, double, string>(X: new[] { 1.0, 2, 2, 3 })", "from … below")]
    [InlineData("Chart.Heatmap<double, string, string, string>(new[] { new[] { 1.0, 2 }, new[] { 3.0, 4 } })", "4")]
    [InlineData("Chart.Pie<int, string, string>(new[] { 1, 2 })", "1 trace of Plotly's kind pie. A page that runs plotly.js draws it.")]
    [InlineData(
        "Chart.Line<int, int, string>(new[] { 1, 2 }, new[] { 0, 4 })" +
        ".WithYAxisStyle<int, int, string>(AxisType: StyleParam.AxisType.Log)",
        "1 trace of Plotly's kind scatter")]
    public async Task AReadersChartIsShownOffline(string cell, string text)
    {
        var run = await CellRun.Of(_session, "using Plotly.NET; using Plotly.NET.CSharp; using Chart = Plotly.NET.CSharp.Chart;\n" + cell,
            TestContext.Current.CancellationToken);
        Assert.True(run.Outcome.Succeeded, string.Join('\n', run.Outputs));
        var data = Assert.Single(run.Outputs.OfType<ResultOutput>()).Data;
        Assert.Equal(["image/svg+xml", "application/vnd.plotly.v1+json", "text/plain"], data.MimeTypes);
        Assert.Contains(text, data[MimeBundle.PlainText]);
        Assert.Equal("svg", XDocument.Parse(data["image/svg+xml"]!).Root!.Name.LocalName);
        Assert.DoesNotContain("<script", data["image/svg+xml"]);
    }

    [Fact]
    public async Task ACellUsesPlotlyWithoutAReference()
    {
        var run = await CellRun.Of(_session,
            "using Plotly.NET;\nPlotly.NET.CSharp.Chart.Line<int, int, string>(new[] { 1, 2, 3 }, new[] { 1, 4, 9 })",
            TestContext.Current.CancellationToken);
        Assert.True(run.Outcome.Succeeded, string.Join('\n', run.Outputs));
    }

    [Fact]
    public async Task AChartAsHypertextLoadsNothing()
    {
        var run = await CellRun.Of(_session,
            "Plotly.NET.CSharp.Chart.Line<int, int, string>(new[] { 1, 2 }, new[] { 1, 4 }).Display(\"text/html\");",
            TestContext.Current.CancellationToken);
        var html = Assert.Single(run.Outputs.OfType<DisplayOutput>()).Data[MimeBundle.Html]!;
        Assert.Contains("<svg", html);
        Assert.DoesNotContain("script", html);
    }
}
