namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The formatters of figures: those of drawings, and Plotly's JSON for pages that can draw it.</summary>
internal sealed class FigureFormatterSource : IFormatterSource
{
    private static readonly Lazy<bool> PlotlyLoads = new(WriteWithPlotly);

    /// <summary>Writes a first chart, which takes Plotly.NET half a second, so that the reader's first chart is fast.</summary>
    public static void WarmUp() => _ = PlotlyLoads.Value;

    public IEnumerable<object> CreateTypeFormatters()
    {
        var drawings = new DrawingFormatterSource().CreateTypeFormatters();
        return PlotlyLoads.Value ? drawings.Append(new DisplayFormatter<Figure>(MimeTypes.Plotly, figure => figure.ToPlotly())) : drawings;
    }

    // The archived .NET Interactive holds an F# library that is older than the one Plotly.NET needs, so that Plotly.NET's parts get two of
    // them and do not fit together. Figures are pictures there.
    private static bool WriteWithPlotly()
    {
        try
        {
            return Figure.Line("", [0, 1], [0, 1]).ToPlotly().Length > 0;
        }
        catch (Exception e) when (e is TypeInitializationException or MissingMethodException or FileLoadException)
        {
            return false;
        }
    }
}
