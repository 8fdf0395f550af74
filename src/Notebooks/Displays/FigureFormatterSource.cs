namespace LlmRabbitHoles.Notebooks.Displays;

/// <summary>The formatters of figures: those of drawings, and Plotly's JSON for pages that can draw it.</summary>
internal sealed class FigureFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
        new DrawingFormatterSource().CreateTypeFormatters()
            .Append(new DisplayFormatter<Figure>(MimeTypes.Plotly, figure => figure.ToPlotly()));
}
