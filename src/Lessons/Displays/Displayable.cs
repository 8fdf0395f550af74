namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Something to look at in a notebook. It can always be read as plain text too.</summary>
[TypeFormatterSource(typeof(DisplayFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public abstract class Displayable
{
    /// <summary>The display as an HTML fragment without external files, readable without scripts and on dark and light pages.</summary>
    public abstract string ToHtml();

    /// <summary>The display as plain text. It says everything that the picture says.</summary>
    public abstract string ToText();

    /// <summary>The plain text, so that <c>Console.WriteLine</c> shows the display as well.</summary>
    public override string ToString() => ToText();
}

/// <summary>The formatters of every display: HTML and plain text.</summary>
internal sealed class DisplayFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new DisplayFormatter<Displayable>(MimeTypes.Html, display => display.ToHtml()),
        new DisplayFormatter<Displayable>(MimeTypes.Text, display => display.ToText()),
    ];
}
