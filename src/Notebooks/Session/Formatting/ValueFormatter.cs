using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>
/// Turns a value into what a front end can show: always plain text, and hypertext unless the value's own formatters say otherwise.
/// </summary>
public static class ValueFormatter
{
    /// <summary>The representations of <paramref name="value"/>, best first.</summary>
    /// <param name="value">Anything. A sequence is read once, and no further than it is shown.</param>
    /// <param name="mimeTypes">
    /// Only these; null or none: those that the value's type prefers. A type that the value lacks is left out; plain text stands in
    /// when nothing is left.
    /// </param>
    public static MimeBundle Format(object? value, IReadOnlyCollection<string>? mimeTypes = null)
    {
        var all = All(value, onlyPreferred: mimeTypes is null or { Count: 0 });
        if (mimeTypes is null or { Count: 0 })
            return all;
        var chosen = new MimeBundle();
        foreach (var (mimeType, representation) in all.Where(item => mimeTypes.Contains(item.Key)))
            chosen.Add(mimeType, representation);
        if (!chosen.Any())
            chosen.Add(MimeBundle.PlainText, all[MimeBundle.PlainText]);
        return chosen;
    }

    private static MimeBundle All(object? value, bool onlyPreferred)
    {
        switch (value)
        {
            case MimeBundle bundle:
                return bundle;
            case HtmlContent html:
                return new MimeBundle { { MimeBundle.Html, html.Html }, { MimeBundle.PlainText, html.Text } };
        }

        var own = value is null ? null : ConventionFormatters.Format(value, onlyPreferred);
        return own is null ? Default(value) : WithPlainText(own, value);
    }

    private static MimeBundle Default(object? value)
    {
        var shape = ValueInspector.Inspect(value);
        return new MimeBundle { { MimeBundle.Html, Hypertext.Of(shape) }, { MimeBundle.PlainText, PlainText.Of(shape) } };
    }

    private static MimeBundle WithPlainText(MimeBundle bundle, object? value)
    {
        if (bundle.Find(MimeBundle.PlainText) is null)
            bundle.Add(MimeBundle.PlainText, PlainText.Of(ValueInspector.Inspect(value)));
        return bundle;
    }
}
