namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>How well a name fits what is typed of it, best first.</summary>
internal enum NameMatch
{
    /// <summary>It begins so.</summary>
    Prefix,

    /// <summary>It begins so but for capitals.</summary>
    PrefixOfAnyCase,

    /// <summary>Beginnings of its words make it: WL of WriteLine, line of WriteLine.</summary>
    Words,

    None,
}

/// <summary>Matches names.</summary>
internal static class NameMatching
{
    /// <summary>One typed letter begins a word of most names, so that it is only looked for at a name's start.</summary>
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

    /// <summary>Whether what is typed can be cut into pieces that begin words of the name, one after the other.</summary>
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
