namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>How well a name matches the typed text, best first.</summary>
internal enum NameMatch
{
    /// <summary>The name starts with the text.</summary>
    Prefix,

    /// <summary>The name starts with the text, ignoring case.</summary>
    PrefixOfAnyCase,

    /// <summary>The text consists of beginnings of the name's words: WL or line for WriteLine.</summary>
    Words,

    None,
}

/// <summary>Matches names.</summary>
internal static class NameMatching
{
    /// <summary>A single letter begins a word of most names, so it is only matched at the start.</summary>
    private const int FewestForWords = 2;

    extension(NameMatch)
    {
        public static NameMatch Of(string name, string typed)
        {
            if (name.StartsWith(typed, StringComparison.Ordinal))
                return NameMatch.Prefix;
            if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                return NameMatch.PrefixOfAnyCase;
            return typed.Length >= FewestForWords && MatchesWords(name, typed) ? NameMatch.Words : NameMatch.None;
        }
    }

    /// <summary>Whether the typed text can be split into pieces that begin words of the name, in order.</summary>
    private static bool MatchesWords(ReadOnlySpan<char> name, ReadOnlySpan<char> typed)
    {
        if (typed.IsEmpty)
            return true;
        for (var start = 0; start < name.Length; start++)
        {
            if (!IsWordStart(name, start))
                continue;
            var common = 0;
            while (common < typed.Length && start + common < name.Length
                && char.ToUpperInvariant(name[start + common]) == char.ToUpperInvariant(typed[common]))
                common++;
            // The longest piece first; a shorter one may leave a rest that begins another word.
            for (; common > 0; common--)
            {
                if (MatchesWords(name[(start + common)..], typed[common..]))
                    return true;
            }
        }

        return false;
    }

    private static bool IsWordStart(ReadOnlySpan<char> name, int at) =>
        char.IsUpper(name[at]) || at > 0 && (name[at - 1] == '_' || char.IsDigit(name[at]) && !char.IsDigit(name[at - 1]));
}
