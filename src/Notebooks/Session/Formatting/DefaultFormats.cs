using System.Text.Encodings.Web;
using LlmRabbitHoles.Notebooks.Documents;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>Formats values whose type has no formatter, neither its own nor one that the reader registered.</summary>
/// <remarks>
/// They stand in front of .NET Interactive's own defaults for the same types; its formatters for markup and JSON stay in use. The package
/// takes defaults only from a type that names a source of them: <see cref="Anchor"/> is that type.
/// </remarks>
internal sealed class DefaultFormats : ITypeFormatterSource
{
    private static readonly Lazy<bool> Installed = new(static () =>
    {
        Formatter.NullString = "null";
        Formatter.GetPreferredMimeTypesFor(typeof(Anchor));
        Formatter.SetPreferredMimeTypesFor(typeof(object), MimeBundle.Html, MimeBundle.PlainText);
        return true;
    });

    /// <summary>A sequence is read once, although it is written both as HTML and as text.</summary>
    [ThreadStatic]
    private static (object Value, ValueShape Shape)? s_read;

    /// <summary>Registers the formatters in this process, once.</summary>
    public static void Install() => _ = Installed.Value;

    /// <summary>Discards what was read of earlier values.</summary>
    public static void Forget() => s_read = null;

    /// <inheritdoc/>
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        .. Formatter.RegisteredFormatters()
            .Where(theirs => theirs.MimeType is MimeBundle.Html or MimeBundle.PlainText && IsOurs(theirs.Type))
            .Select(theirs => (theirs.Type, theirs.MimeType))
            .Append((Type: typeof(object), MimeType: MimeBundle.Html)).Append((typeof(object), MimeBundle.PlainText))
            .Distinct()
            .Select(one => new ShapeFormat(one.Item1, one.Item2)),
        new TextOfHtml(),
    ];

    private static bool IsOurs(Type type) =>
        type.Namespace is { } space && space.StartsWith("System", StringComparison.Ordinal)
            && !space.StartsWith("System.Text.Json", StringComparison.Ordinal);

    [TypeFormatterSource(typeof(DefaultFormats))]
    private sealed class Anchor;

    private sealed class ShapeFormat(Type type, string mimeType) : ITypeFormatter
    {
        public string MimeType => mimeType;

        public Type Type => type;

        public bool Format(object instance, FormatContext context)
        {
            var shape = s_read is var (value, read) && ReferenceEquals(value, instance) ? read : ValueInspector.Inspect(instance);
            s_read = (instance, shape);
            context.Writer.Write(mimeType == MimeBundle.Html ? Hypertext.Of(shape) : PlainText.Of(shape));
            return true;
        }
    }

    private sealed class TextOfHtml : ITypeFormatter
    {
        public string MimeType => MimeBundle.PlainText;

        public Type Type => typeof(IHtmlContent);

        public bool Format(object instance, FormatContext context)
        {
            using var html = new StringWriter();
            ((IHtmlContent)instance).WriteTo(html, HtmlEncoder.Default);
            context.Writer.Write(HtmlText.Of(html.ToString()));
            return true;
        }
    }
}
