namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The formatters of every display: HTML and plain text.</summary>
internal sealed class DisplayFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new DisplayFormatter<Displayable>(MimeTypes.Html, display => display.ToHtml()),
        new DisplayFormatter<Displayable>(MimeTypes.Text, display => display.ToText()),
    ];
}
