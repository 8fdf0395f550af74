using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Cells as authors write them: each display is one line.</summary>
public sealed class DisplaysInCellsTests : IDisposable
{
    private const string References = """
        #r "TorchSharp.dll"
        #r "LlmRabbitHoles.Engine.dll"
        using LlmRabbitHoles.Lessons.Displays;
        using TorchSharp;
        """;

    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task AFigureIsStoredAsSvgPlotlyAndText()
    {
        await Shown(References);
        Assert.Equal(["image/svg+xml", "application/vnd.plotly.v1+json", "text/plain"],
            await Shown("Figure.Line(\"Time per token\", x: new[] { 64, 128 }, y: new[] { 1.5, 2f }, xLabel: \"tokens\", yLabel: \"ms\")"));
        Assert.Equal(["image/svg+xml", "application/vnd.plotly.v1+json", "text/plain"],
            await Shown("Figure.Scatter(\"Words\", new[] { 1.0, 2 }, new[] { 1f, 2 }, new[] { \"king\", \"queen\" })"));
        Assert.Equal(["image/svg+xml", "application/vnd.plotly.v1+json", "text/plain"],
            await Shown("Figure.Bar(\"Share\", new[] { \"a\", \"b\" }, new List<float> { 1, 2 }).AddBars(\"more\", new[] { 3, 4 })"));
        Assert.Equal(["image/svg+xml", "application/vnd.plotly.v1+json", "text/plain"],
            await Shown("Figure.Histogram(\"Squares\", Enumerable.Range(0, 100).Select(i => i * i))"));
        Assert.Equal(["image/svg+xml", "application/vnd.plotly.v1+json", "text/plain"],
            await Shown("Figure.HeatMap(\"Identity\", torch.eye(3), new[] { \"a\", \"b\", \"c\" })"));
    }

    [Fact]
    public async Task AnyOtherPictureIsStoredAsSvgAndText()
    {
        await Shown(References);
        Assert.Equal(
            ["image/svg+xml", "text/plain"], await Shown("AttentionMap.Of(\"Layer 0, head 0\", torch.eye(2), new[] { \"a\", \" b\" })"));
        Assert.Equal(["image/svg+xml", "text/plain"],
            await Shown("VectorPlot.Of(\"Two\", (\"king\", 1, 2), (\"queen\", 1.5, 2.2)).Arrow(\"difference\", 1, 2, 1.5, 2.2)"));
        Assert.Equal(["image/svg+xml", "text/plain"], await Shown("Timeline.Of(\"One answer\", 12.5, 9, new[] { 3.1, 3.2 })"));
        Assert.Equal(["image/svg+xml", "text/plain"], await Shown(
            "new KvPageMap(\"Two chats\", pageSize: 4, pages: 8).Sequence(\"A\", length: 6, 0, 1).Sequence(\"B\", length: 5, 0, 2)"));
    }

    [Fact]
    public async Task OtherDisplaysAreStoredAsHtmlAndText()
    {
        await Shown(References);
        Assert.Equal(
            ["text/html", "text/plain"], await Shown("Table.Of(new[] { new { Step = \"prefill\", Ms = 12.5 } }).Titled(\"Time\")"));
        Assert.Equal(["text/html", "text/plain"],
            await Shown("record Phase(string Step, double Ms); Table.Of(new[] { new Phase(\"decode\", 3.1) })"));
        Assert.Equal(["text/html", "text/plain"], await Shown("Table.Of(new[] { (\"a\", 1), (\"b\", 2) }, \"name\", \"count\")"));
        Assert.Equal(["text/html", "text/plain"], await Shown("TokenStrip.Of(new[] { \"The\", \" cat\" }, new[] { 1, 2 })"));
        Assert.Equal(
            ["text/html", "text/plain"], await Shown("ProbabilityBars.FromLogits(new float[] { 1, 2, 3 }, id => $\"t{id}\", top: 2)"));
        Assert.Equal(["text/html", "text/plain"], await Shown("TensorView.Of(torch.ones(2, 3, 4), \"ones\")"));
        Assert.Equal(["text/html", "text/plain"], await Shown("MergeSteps.Of(new[] { new[] { \"l\", \"o\" }, new[] { \"lo\" } })"));
        Assert.Equal(["text/html", "text/plain"], await Shown("Bars.Of((\"prefill\", 12.5), (\"decode\", 3.1)).Titled(\"ms\")"));
        Assert.Equal(["text/html", "text/plain"], await Shown("Progress.Of(\"training\", done: 30, of: 120, unit: \"steps\")"));
    }

    /// <returns>The mime types of what the cell ended in.</returns>
    private async Task<IEnumerable<string>> Shown(string cell)
    {
        var run = await CellRun.Of(_session, cell, TestContext.Current.CancellationToken);
        Assert.True(run.Outcome.Succeeded, cell + "\n" + string.Join('\n', run.Outputs));
        return run.Outputs.OfType<ResultOutput>().LastOrDefault()?.Data.MimeTypes ?? [];
    }
}
