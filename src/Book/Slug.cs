namespace LlmRabbitHoles.Book;

/// <summary>Names for places in a page, made from headings and terms.</summary>
internal static class Slug
{
    /// <summary>Lower-case letters and digits, hyphens between words.</summary>
    public static string Of(string text)
    {
        var parts = text.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ');
        var slug = string.Join('-', string.Concat(parts).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 ? slug : "section";
    }
}
