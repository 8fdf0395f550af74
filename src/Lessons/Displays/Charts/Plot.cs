using Plotly.NET;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>The names of a figure and its axes.</summary>
internal sealed record PlotNames(string Title, string XLabel, string YLabel);

/// <summary>The content of a figure, which can be drawn, written as text or converted to a chart of Plotly.NET.</summary>
/// <param name="Title">What the figure shows.</param>
/// <param name="XLabel">The quantity on the horizontal axis, with its unit.</param>
/// <param name="YLabel">The quantity on the vertical axis, with its unit.</param>
internal abstract record Plot(string Title, string XLabel, string YLabel)
{
    /// <summary>The width of every figure in pixels; half of a wide page, a whole phone.</summary>
    public const double PictureWidth = 640;

    public const double Padding = 14;

    protected PlotNames Names => new(Title, XLabel, YLabel);

    public abstract Canvas Draw();

    public abstract string ToText();

    /// <summary>The same as a chart of Plotly.NET.</summary>
    public abstract GenericChart ToChart();

    /// <summary>Title and axes, one line each; empty ones are left out.</summary>
    protected string TextHeading()
    {
        string[] axes = [XLabel.Length == 0 ? "" : "x: " + XLabel, YLabel.Length == 0 ? "" : "y: " + YLabel];
        var lines = new[] { Title, string.Join(", ", axes.Where(axis => axis.Length > 0)) };
        return string.Concat(lines.Where(line => line.Length > 0).Select(line => line + "\n"));
    }
}
