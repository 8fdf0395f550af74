using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Text without half surrogate pairs.</summary>
internal static class WellFormedText
{
    /// <summary>The text itself where it is valid UTF-16, else a copy in which each lone surrogate is U+FFFD, as UTF-8 encoders write it.</summary>
    public static string Of(string text)
    {
        var broken = IndexOfLoneSurrogate(text, 0);
        if (broken < 0) return text;
        var mended = new StringBuilder(text);
        for (; broken >= 0; broken = IndexOfLoneSurrogate(text, broken + 1)) mended[broken] = '\uFFFD';
        return mended.ToString();
    }

    private static int IndexOfLoneSurrogate(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            var offset = text.AsSpan(i).IndexOfAnyInRange('\uD800', '\uDFFF');
            if (offset < 0) return -1;
            i += offset;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return i;
            i++;
        }

        return -1;
    }
}
