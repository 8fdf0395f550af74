using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Tests;

public class HeatMapTests
{
    private static readonly int[][] Ragged = [[1, 2], [3]];
    private static readonly int[][] Counts = [[1, 2], [5, 6]];
    private static readonly double[,] Similarities = { { 1, 0.8 }, { 0.8, -0.4 } };

    [Fact]
    public void ThePlainTextListsEveryValue() => Assert.Equal(
        """
        Similarity
               king  queen
        ─────  ────  ─────
        king    1.0    0.8
        queen   0.8   -0.4
        """, Figure.HeatMap("Similarity", Similarities, ["king", "queen"], ["king", "queen"]).ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void ASmallMapShowsItsNumbers() => Assert.Contains(">-0.40<", Figure.HeatMap("Similarity", Similarities).ToSvg());

    [Fact]
    public void ValuesBelowZeroHaveAnotherColour()
    {
        var scale = HeatScale.Of([-1, 0, 2]);
        Assert.Equal((Palette.Vermillion, 0.5), (scale.Colour(-1), scale.Strength(-1)));
        Assert.Equal((Palette.Blue, 1), (scale.Colour(2), scale.Strength(2)));
        Assert.Equal(0, scale.Strength(0));
    }

    [Fact]
    public void AMapOfZerosIsBlank() => Assert.Equal(0, HeatScale.Of([0, 0]).Strength(0));

    [Fact]
    public void AnArrayOfArraysIsAMatrixToo() => Assert.Equal(
        Figure.HeatMap("Counts", new[,] { { 1, 2 }, { 5, 6 } }).ToText(), Figure.HeatMap("Counts", Counts).ToText());

    [Fact]
    public void ALargeMapIsPooledAndSaysSo()
    {
        var figure = Figure.HeatMap("Large", new double[200, 300]);
        Assert.Contains("Each cell is the mean of 4 × 4 values.", figure.ToSvg());
        Assert.Contains("200 rows, 300 columns", figure.ToText());
    }

    [Fact]
    public void PoolingKeepsMeans()
    {
        var (values, block) = Matrix.Pooled(new double[,] { { 1, 3, 5 }, { 5, 7, 9 } }, most: 2);
        Assert.Equal(2, block);
        Assert.Equal([4, 7], values.Cast<double>());
    }

    [Fact]
    public void ALargeMapStaysSmall()
    {
        var random = new Random(1);
        var noise = Matrix.Map(new double[128, 128], _ => random.NextDouble());
        Assert.InRange(Figure.HeatMap("Noise", noise).ToSvg().Length, 1, 64 * 1024);
    }

    [Fact]
    public void LabelsThatDoNotMatchAreRefused() =>
        Assert.StartsWith("values (each row) has 2 values and columnLabels has 1",
            Assert.Throws<ArgumentException>(() => Figure.HeatMap("Similarity", Similarities, columnLabels: ["king"])).Message);

    [Fact]
    public void AnEmptyMatrixIsRefused() =>
        Assert.StartsWith(
            "The matrix is [0, 3]", Assert.Throws<ArgumentException>(() => Figure.HeatMap("Nothing", new double[0, 3])).Message);

    [Fact]
    public void RowsOfDifferentLengthsAreRefused() =>
        Assert.StartsWith(
            "row 0 has 2 values and row 1 has 1", Assert.Throws<ArgumentException>(() => Figure.HeatMap("Ragged", Ragged)).Message);

    [Fact]
    public void SlantedLabelsStayInThePicture()
    {
        string[] names = [.. Enumerable.Range(0, 16).Select(i => $"a long name {i}")];
        var svg = XDocument.Parse(Figure.HeatMap("Names", new double[16, 16], names, names).ToSvg()).Root!;
        var slanted = svg.Descendants()
            .Where(text => text.Attribute("transform")?.Value.StartsWith("rotate(-45", StringComparison.Ordinal) == true).ToArray();
        Assert.Equal(16, slanted.Length);
        foreach (var text in slanted)
        {
            var reach = TextMetrics.Width(text.Value, 11) * Math.Sqrt(0.5);
            Assert.True(double.Parse(text.Attribute("x")!.Value) + reach <= double.Parse(svg.Attribute("width")!.Value));
            Assert.True(double.Parse(text.Attribute("y")!.Value) - reach >= 0);
        }
    }

    [Theory]
    [InlineData(-1, 1, "[[0.0,\"rgba(213,94,0,1)\"],[0.5,\"rgba(213,94,0,0)\"],[0.5,\"rgba(0,114,178,0)\"],[1.0,\"rgba(0,114,178,1)\"]]")]
    [InlineData(0, 4, "[[0.0,\"rgba(0,114,178,0)\"],[1.0,\"rgba(0,114,178,1)\"]]")]
    [InlineData(-4, 0, "[[0.0,\"rgba(213,94,0,1)\"],[1.0,\"rgba(213,94,0,0)\"]]")]
    public void PlotlyGetsTheColoursOfTheDrawing(double low, double high, string scale)
    {
        using var json = System.Text.Json.JsonDocument.Parse(Figure.HeatMap("Two", new[,] { { low, high } }).ToPlotly());
        var trace = json.RootElement.GetProperty("data")[0];
        Assert.Equal(scale, trace.GetProperty("colorscale").GetRawText());
        Assert.Equal((low, high), (trace.GetProperty("zmin").GetDouble(), trace.GetProperty("zmax").GetDouble()));
    }
}
