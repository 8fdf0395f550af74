namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>
/// A hand-written matcher for one of the published splitting patterns, whose matches cover all of a text. Several times
/// as fast as the regular expression, and tested equal to it.
/// </summary>
internal abstract class WordScanner : IPattern
{
    public bool Find(Piece piece, IMatchReceiver matches)
    {
        var text = piece.Text;
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfWord(text, start);
            if (!matches.Match(piece, start, end)) return false;
            start = end;
        }

        return true;
    }

    /// <summary>Where the match that starts at <paramref name="start"/> ends.</summary>
    protected abstract int EndOfWord(ReadOnlySpan<char> text, int start);

    /// <summary>The end of the run of characters of one class.</summary>
    /// <param name="text">The text up to where it may be read.</param>
    /// <param name="start">Where the run starts.</param>
    /// <param name="kind">The class.</param>
    /// <param name="most">How many characters it may have at most.</param>
    protected static int EndOfRun(ReadOnlySpan<char> text, int start, CharacterClass kind, int most = int.MaxValue)
    {
        for (; start < text.Length && most > 0; most--)
        {
            if (CharacterClasses.At(text, start, out var length) != kind) break;
            start += length;
        }

        return start;
    }

    /// <summary>
    /// The last two alternatives, <c>\s+(?!\S)|\s+</c>: white space, of which the last one is left to the word that follows.
    /// </summary>
    protected static int EndOfSpace(ReadOnlySpan<char> text, int start)
    {
        var end = EndOfRun(text, start, CharacterClass.Space);
        return end == text.Length || end == start + 1 ? end : end - 1;
    }

    /// <summary>The end of 's, 't, 're, 've, 'm, 'll or 'd; <paramref name="start"/> itself where none stands there.</summary>
    protected static int EndOfContraction(ReadOnlySpan<char> text, int start, bool ignoreCase)
    {
        if (text[start] != '\'' || start + 1 == text.Length) return start;
        var first = Fold(text[start + 1], ignoreCase);
        if (first is 's' or 't' or 'm' or 'd') return start + 2;
        if (start + 2 == text.Length) return start;
        var second = Fold(text[start + 2], ignoreCase);
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? start + 3 : start;
    }

    // ſ, the long s, is an s to patterns that ignore case.
    private static char Fold(char c, bool ignoreCase) => !ignoreCase ? c : c == 'ſ' ? 's' : c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
