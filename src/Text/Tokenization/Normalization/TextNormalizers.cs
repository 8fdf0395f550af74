using System.Globalization;
using System.Text;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>Every character in lower case, whatever stands around it.</summary>
internal sealed class Lowercase : INormalizer
{
    // İ is the one character whose lower case is two: i and a dot above.
    public string Normalize(string text, int most) => text.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);
}

/// <summary>A fixed text before every text that isn't empty.</summary>
internal sealed class Prepend(string prefix) : INormalizer
{
    public string Normalize(string text, int most) => text.Length == 0 ? text : prefix + text;
}

/// <summary>Every match of a pattern becomes a fixed text.</summary>
/// <param name="pattern">What is replaced.</param>
/// <param name="content">By what.</param>
/// <param name="place">Where this stands.</param>
internal sealed class Replace(IPattern pattern, string content, TokenizerPlace place) : INormalizer
{
    public string Normalize(string text, int most)
    {
        var replacement = new Replacement(content, place, most);
        pattern.Find(new Piece(text, 0), replacement);
        return replacement.Of(text);
    }

    private sealed class Replacement(string content, TokenizerPlace place, int most) : IMatchReceiver
    {
        private readonly StringBuilder _text = new();
        private int _done;

        public bool Match(Piece piece, int start, int end)
        {
            _text.Append(piece.Text[_done..start]).Append(content);
            _done = end;
            return _text.Length <= most ? true : throw place.TooLong(most);
        }

        public string Of(string text) => _text.Length == 0 && _done == 0 ? text : _text.Append(text, _done, text.Length - _done).ToString();
    }
}

/// <summary>White space taken off the ends.</summary>
internal sealed class Strip(bool left, bool right) : INormalizer
{
    public string Normalize(string text, int most) => (left, right) switch
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
    public string Normalize(string text, int most)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (>= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark))
                kept.Append(rune);
        }

        return kept.ToString();
    }
}
