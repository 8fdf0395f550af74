using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Picks the example sentences of WordNet that are whole, plain and friendly.</summary>
internal static partial class OpenTextFilter
{
    private const int KnownWords = 4500;
    private const int LongestSentence = 110;

    private static readonly WordLists Lists = WordLists.Read("open-text");

    // Religion, violence, drink, sex, race and politics have no place in a first reader.
    private static readonly HashSet<string> Unwanted = new(Lists["unwanted"], StringComparer.Ordinal);
    private static readonly HashSet<string> CommonVerbs = new(Lists["verbs"], StringComparer.Ordinal);

    /// <param name="lines">Lines of WordNet's data files; examples stand in quotes in the gloss after "|".</param>
    /// <returns>Sentences in ordinal order, without doubles.</returns>
    public static IReadOnlyList<string> Sentences(IEnumerable<string> lines)
    {
        var candidates = lines.Where(line => line.Length > 0 && char.IsDigit(line[0])).SelectMany(Examples)
            .Where(IsSentence).Select(Tidy).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var known = candidates.SelectMany(Words).GroupBy(word => word, StringComparer.Ordinal)
            .OrderByDescending(word => word.Count()).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(KnownWords).Select(word => word.Key).ToHashSet(StringComparer.Ordinal);
        return [.. candidates.Where(sentence => !IsUnwanted(sentence) && Words(sentence).All(known.Contains))];
    }

    /// <summary>The other examples: parts of sentences, and sentences with rarer words.</summary>
    /// <param name="lines">Lines of WordNet's data files.</param>
    /// <param name="sentences">What <see cref="Sentences"/> picked of them.</param>
    public static IReadOnlyList<string> Phrases(IEnumerable<string> lines, IReadOnlyList<string> sentences)
    {
        var picked = sentences.ToHashSet(StringComparer.Ordinal);
        return [.. lines.Where(line => line.Length > 0 && char.IsDigit(line[0])).SelectMany(Examples)
            .Where(text => text.Length is >= 25 and <= LongestSentence && PlainCharacters().IsMatch(text) && !IsUnwanted(text))
            .Select(Tidy).Distinct(StringComparer.Ordinal).Where(text => !picked.Contains(text)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a word of the text has no place in a first reader.</summary>
    public static bool IsUnwanted(string text) => Words(text).Any(Unwanted.Contains);

    private static IEnumerable<string> Examples(string line)
    {
        var gloss = line[(line.IndexOf('|') + 1)..];
        return Quoted().Matches(gloss).Select(match => match.Groups[1].Value.Trim());
    }

    // A whole sentence: starts with a pronoun, an article or a name, and holds a common verb form.
    private static bool IsSentence(string text)
    {
        if (text.Length is < 15 or > LongestSentence || !PlainCharacters().IsMatch(text))
            return false;
        var words = Words(text).ToArray();
        return words.Length is >= 4 and <= 18
            && Beginning().IsMatch(text) && words.Skip(1).Take(5).Any(IsVerb) && !Dangling().IsMatch(text);
    }

    private static bool IsVerb(string word) => CommonVerbs.Contains(word);

    private static string Tidy(string text)
    {
        text = char.ToUpperInvariant(text[0]) + text[1..].TrimEnd(' ', ',', ';');
        return text[^1] is '.' or '?' or '!' ? text : Question().IsMatch(text) ? text + "?" : text + ".";
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text.ToLowerInvariant()).Select(match => match.Value);

    [GeneratedRegex("\"([^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("^[A-Za-z][A-Za-z ,.'?!-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainCharacters();

    [GeneratedRegex(
        "^(he|she|it|they|we|you|i|the|a|an|my|his|her|their|our|your|this|that|these|those|there|all|some|many|most|no|one|two|every|" +
        "each|both|children|people|everyone|everybody|nobody|who|what|where|when|how|why|do|did|can|could|if|in|on|at|after|before) ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Beginning();

    [GeneratedRegex("(\\.\\.| - |--| (of|the|a|an|to|for|with|in|on|at|by|and|or|but)$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dangling();

    [GeneratedRegex(
        "^(who|what|where|when|how|why|do|did|can|could|does|is|are) " +
        "(is|are|was|were|do|does|did|can|could|will|would|many|much|long|old|you|they|he|she|it|we|i) ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Question();

    [GeneratedRegex("[a-z]+('[a-z]+)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
