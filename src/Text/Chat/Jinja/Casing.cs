using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Capital and small letters, as Python writes them: one letter may become several.</summary>
internal static class Casing
{
    private static readonly (string From, string To)[] ManyForOne =
    [
        ("ß", "SS"), ("ﬀ", "FF"), ("ﬁ", "FI"), ("ﬂ", "FL"), ("ﬃ", "FFI"), ("ﬄ", "FFL"), ("ﬅ", "ST"), ("ﬆ", "ST"),
        ("ŉ", "ʼN"), ("ǰ", "J̌"), ("և", "ԵՒ"),
    ];

    /// <summary>All capitals.</summary>
    public static string Upper(string text)
    {
        var upper = text.ToUpperInvariant();
        foreach (var (from, to) in ManyForOne) upper = upper.Replace(from, to, StringComparison.Ordinal);
        return upper;
    }

    /// <summary>All small letters.</summary>
    public static string Lower(string text)
    {
        var lower = text.Replace("İ", "i̇", StringComparison.Ordinal).ToLowerInvariant();
        if (!text.Contains('Σ')) return lower;
        // A sigma that ends a word has another form.
        var letters = lower.ToCharArray();
        for (var i = 1; i < letters.Length; i++)
        {
            if (letters[i] == 'σ' && i < text.Length
                && text[i] == 'Σ' && char.IsLetter(letters[i - 1]) && (i + 1 == letters.Length || !char.IsLetter(letters[i + 1])))
                letters[i] = 'ς';
        }

        return new string(letters);
    }

    /// <summary>A capital, and small letters after it.</summary>
    public static string Capitalize(string text)
    {
        if (text.Length == 0) return text;
        var first = Rune.GetRuneAt(text, 0).Utf16SequenceLength;
        var upper = Upper(text[..first]);
        var capital = Rune.GetRuneAt(upper, 0).Utf16SequenceLength;
        return upper[..capital] + Lower(upper[capital..]) + Lower(text[first..]);
    }

    /// <summary>Each run of letters with a capital.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.ToString();
            result.Append(inWord ? Lower(letter) : Capitalize(letter));
            inWord = Rune.IsLetter(rune);
        }

        return result.ToString();
    }

    /// <summary>Whether there are letters with a case, and all are capitals.</summary>
    public static bool IsUpper(string text) => text.EnumerateRunes().Any(Rune.IsUpper) && !text.EnumerateRunes().Any(Rune.IsLower);

    /// <summary>Whether there are letters with a case, and all are small.</summary>
    public static bool IsLower(string text) => text.EnumerateRunes().Any(Rune.IsLower) && !text.EnumerateRunes().Any(Rune.IsUpper);
}
