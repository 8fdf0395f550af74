using System.Net;

namespace LlmRabbitHoles.Book;

/// <summary>Text within pages.</summary>
internal static class Html
{
    /// <summary>The text with everything escaped that would be a tag or end an attribute.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>All pieces in a row.</summary>
    public static string Join(IEnumerable<string> pieces) => string.Concat(pieces);
}
