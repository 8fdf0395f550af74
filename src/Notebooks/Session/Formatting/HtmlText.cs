using System.Net;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>Plain text from HTML: the text between the tags.</summary>
internal static partial class HtmlText
{
    public static string Of(string html) => WebUtility.HtmlDecode(Tag().Replace(Hidden().Replace(html, ""), "")).Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<(script|style)\\b.*?</\\1\\s*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Hidden();
}
