namespace LlmRabbitHoles.Tokenization;

/// <summary>Text without half surrogate pairs.</summary>
internal static class WellFormedText
{
    /// <summary>
    /// The text itself where it is valid UTF-16, else a copy in which each lone surrogate is U+FFFD, as UTF-8 encoders write it.
    /// </summary>
    public static string Of(string text) => IndexOfLoneSurrogate(text, 0) < 0 ? text : Of(text.AsSpan()).ToString();

    /// <inheritdoc cref="Of(string)"/>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text)
    {
        var broken = IndexOfLoneSurrogate(text, 0);
        if (broken < 0) return text;
        var mended = text.ToArray();
        for (; broken >= 0; broken = IndexOfLoneSurrogate(text, broken + 1)) mended[broken] = '\uFFFD';
        return mended;
    }

    private static int IndexOfLoneSurrogate(ReadOnlySpan<char> text, int start)
    {
        var first = text[start..].IndexOfAnyInRange('\uD800', '\uDFFF');      // most texts have none
        if (first < 0) return -1;
        for (var i = start + first; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return i;
            i++;
        }

        return -1;
    }
}
