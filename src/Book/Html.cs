using System.Net;

namespace LlmRabbitHoles.Book;

/// <summary>Text within pages.</summary>
internal static class Html
{
    /// <summary>Escapes the characters that would start a tag or end an attribute.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Joins all pieces.</summary>
    public static string Join(IEnumerable<string> pieces) => string.Concat(pieces);
}
