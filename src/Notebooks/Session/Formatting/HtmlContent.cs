using System.Net;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>A piece of hypertext, shown as it stands and not encoded.</summary>
/// <param name="Html">The markup, trusted.</param>
public sealed partial record HtmlContent(string Html)
{
    /// <summary>What a reader without a browser gets: the text between the tags.</summary>
    public string Text => WebUtility.HtmlDecode(Tag().Replace(Hidden().Replace(Html, ""), "")).Trim();

    /// <inheritdoc/>
    public override string ToString() => Html;

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<(script|style)\\b.*?</\\1\\s*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Hidden();
}
