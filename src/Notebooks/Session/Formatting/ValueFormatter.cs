using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>
/// Turns a value into what a front end can show, by .NET Interactive's <see cref="Formatter"/>; plain text is always among it.
/// </summary>
public static class ValueFormatter
{
    static ValueFormatter() => DefaultFormats.Install();

    /// <summary>The representations of <paramref name="value"/>, best first.</summary>
    /// <param name="value">Any value. A sequence is read only as far as it is shown.</param>
    /// <param name="mimeTypes">
    /// Only these; null or none: those that the value's type prefers. A type that the value lacks is left out; plain text stands in
    /// when nothing is left.
    /// </param>
    public static MimeBundle Format(object? value, IReadOnlyCollection<string>? mimeTypes = null) => value switch
    {
        MimeBundle bundle => bundle,
        FormattedValue one => Bundle([one]),
        IEnumerable<FormattedValue> many => Bundle(many),
        _ when mimeTypes is { Count: > 0 } => Format(value, mimeTypes, withText: false),
        _ => Format(value, Formatter.GetPreferredMimeTypesFor(value?.GetType()), withText: true),
    };

    /// <summary>Formatted values as a bundle; if two have the same mime type, the last wins.</summary>
    internal static MimeBundle Bundle(IEnumerable<FormattedValue> values)
    {
        var bundle = new MimeBundle();
        foreach (var value in values)
            bundle.Add(value.MimeType, MimeBundle.IsJson(value.MimeType) ? Json(value.Value) : value.Value);
        return bundle;
    }

    /// <summary>A bundle as the formatted values of an event.</summary>
    internal static IReadOnlyList<FormattedValue> Values(MimeBundle bundle) =>
        [.. bundle.Select(one => new FormattedValue(one.Key, bundle[one.Key] ?? one.Value?.ToJsonString() ?? "null"))];

    private static MimeBundle Format(object? value, IEnumerable<string> mimeTypes, bool withText)
    {
        DefaultFormats.Forget();
        var bundle = Bundle(mimeTypes.Select(mimeType => Written(value, mimeType)).OfType<FormattedValue>());
        if (bundle.Find(MimeBundle.PlainText) is null && (withText || !bundle.Any()))
            bundle.Add(MimeBundle.PlainText, Written(value, MimeBundle.PlainText)?.Value);
        DefaultFormats.Forget();
        return bundle;
    }

    /// <returns>Null when the value has no formatter for that type.</returns>
    private static FormattedValue? Written(object? value, string mimeType)
    {
        if (value is null && mimeType is MimeBundle.Html)
            return new FormattedValue(mimeType, "<pre>null</pre>");
        try
        {
            return FormattedValue.CreateSingleFromObject(value, mimeType);
        }
        catch (ArgumentException missing) when (missing.Message.StartsWith("No formatter is registered", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>A reader's own formatter may write invalid JSON; it is then shown as text.</summary>
    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
