namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Replaces a chart of a kind that only Plotly can draw.</summary>
/// <param name="title">The chart's title; empty when it has none.</param>
/// <param name="kinds">The kinds of its traces.</param>
internal sealed class UndrawnChart(string title, string kinds) : Drawing
{
    private const double Height = 60;

    /// <inheritdoc/>
    public override string ToText() => $"{(title.Length > 0 ? $"{title}: " : "")}{kinds}. A page that runs plotly.js draws it.";

    internal override Canvas Draw()
    {
        var canvas = new Canvas(Plot.PictureWidth, Height, title.Length > 0 ? title : "Chart", ToText());
        canvas.Text(Plot.Padding, 24, VisibleText.Shortened(title, 80), TextStyle.Title);
        canvas.Text(Plot.Padding, 46, VisibleText.Shortened($"{kinds}. A page that runs plotly.js draws it.", 100), TextStyle.Tick);
        return canvas;
    }
}
