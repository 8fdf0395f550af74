using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>A display that is a picture. Notebooks store it as SVG, which every viewer shows, including GitHub.</summary>
[TypeFormatterSource(typeof(DrawingFormatterSource), PreferredMimeTypes = [MimeTypes.Svg, MimeTypes.Text])]
public abstract class Drawing : Displayable
{
    /// <summary>A complete SVG document with its own background, so that it is readable on any page.</summary>
    public string ToSvg() => Markup.Write(Draw().OnPaper());

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Draw().OnPage());

    internal abstract Canvas Draw();
}

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
