namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The formatters of drawings: SVG beside HTML and plain text.</summary>
internal sealed class DrawingFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new DisplayFormatter<Drawing>(MimeTypes.Svg, drawing => drawing.ToSvg()),
        new DisplayFormatter<Drawing>(MimeTypes.Html, drawing => drawing.ToHtml()),
        new DisplayFormatter<Drawing>(MimeTypes.Text, drawing => drawing.ToText()),
    ];
}
