using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>Every character in lower case, whatever stands around it.</summary>
internal sealed class Lowercase : INormalizer
{
    // İ is the one character whose lower case is two: i and a dot above.
    public string Normalize(string text) => text.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);
}

/// <summary>A fixed text before every text that isn't empty.</summary>
internal sealed class Prepend(string prefix) : INormalizer
{
    public string Normalize(string text) => text.Length == 0 ? text : prefix + text;
}

/// <summary>Every match of a pattern becomes a fixed text.</summary>
internal sealed class Replace(Regex pattern, string content) : INormalizer
{
    public string Normalize(string text) => pattern.Replace(text, _ => content);
}

/// <summary>White space taken off the ends.</summary>
internal sealed class Strip(bool left, bool right) : INormalizer
{
    public string Normalize(string text) => (left, right) switch
    {
        (true, true) => text.Trim(),
        (true, false) => text.TrimStart(),
        (false, true) => text.TrimEnd(),
        _ => text,
    };
}

/// <summary>Combining marks taken out; composed letters keep theirs, so an NFD comes before it.</summary>
internal sealed class StripAccents : INormalizer
{
    public string Normalize(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (>= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark)) kept.Append(rune);
        }

        return kept.ToString();
    }
}
