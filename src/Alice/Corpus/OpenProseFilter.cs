using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Paragraphs of novels and definitions of words, as plain text.</summary>
internal static partial class OpenProseFilter
{
    private const int Shortest = 60;
    private const int Longest = 850;
    private const int KnownWords = 9000;

    /// <summary>The paragraphs of a novel, without headings; long ones in several pieces of whole sentences.</summary>
    /// <param name="lines">Lines of the book; an empty line ends a paragraph.</param>
    public static IEnumerable<string> Paragraphs(IEnumerable<string> lines)
    {
        var paragraph = new List<string>();
        foreach (var line in lines.Append(""))
        {
            if (line.Trim() is { Length: > 0 } text)
            {
                paragraph.Add(text);
                continue;
            }
            foreach (var piece in Pieces(Plain(string.Join(' ', paragraph))))
            {
                if (IsProse(piece)) yield return piece;
            }
            paragraph.Clear();
        }
    }

    /// <summary>Words and what they mean, as WordNet says it, in common words only: "A fold is the act of folding."</summary>
    /// <param name="lines">Lines of WordNet's data.noun and data.verb.</param>
    public static IReadOnlyList<string> Definitions(IEnumerable<string> lines)
    {
        (string Word, string Kind, string Gloss)[] all = [.. lines.Where(line => line.Length > 0 && char.IsDigit(line[0])).Select(Entry)];
        var known = all.SelectMany(entry => Words(entry.Gloss)).GroupBy(word => word, StringComparer.Ordinal)
            .OrderByDescending(word => word.Count()).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(KnownWords).Select(word => word.Key).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(entry => entry.Gloss.Length is > 20 and < 160 && PlainGloss().IsMatch(entry.Gloss)
                && Words($"{entry.Word} {entry.Gloss}").All(known.Contains) && !OpenTextFilter.IsUnwanted($"{entry.Word} {entry.Gloss}"))
            .Select(Sentence).Distinct(StringComparer.Ordinal)];
    }

    private static (string Word, string Kind, string Gloss) Entry(string line)
    {
        var fields = line.Split(' ', 6);
        var gloss = line[(line.IndexOf('|') + 1)..];
        var end = gloss.IndexOfAny([';', '"']);
        return (fields[4].Replace('_', ' '), fields[2], (end < 0 ? gloss : gloss[..end]).Trim());
    }

    private static string Sentence((string Word, string Kind, string Gloss) entry) => entry.Kind == "v"
        ? $"To {entry.Word} is to {entry.Gloss}."
        : $"{English.Capitalized(entry.Word)}: {entry.Gloss}.";

    private static string Plain(string text) => Spaces().Replace(
        text.Replace("_", "", StringComparison.Ordinal).Replace("--", " - ", StringComparison.Ordinal)
            .Replace('\u2019', '\'').Replace('\u201c', '"').Replace('\u201d', '"'), " ").Trim();

    private static IEnumerable<string> Pieces(string paragraph)
    {
        var piece = "";
        foreach (Match sentence in SentenceEnd().Matches(paragraph))
        {
            if (piece.Length > 0 && piece.Length + sentence.Length > Longest)
            {
                yield return piece.Trim();
                piece = "";
            }
            piece += sentence.Value;
        }
        if (piece.Length > 0) yield return piece.Trim();
    }

    private static bool IsProse(string text) =>
        text.Length is >= Shortest and <= Longest && PlainCharacters().IsMatch(text) && text.Any(char.IsLower)
        && !text.Contains("CHAPTER", StringComparison.OrdinalIgnoreCase) && !OpenTextFilter.IsUnwanted(text);

    private static IEnumerable<string> Words(string text) => Word().Matches(text.ToLowerInvariant()).Select(match => match.Value);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@".+?(?:[.!?]+[""')]*(?:\s+|$)|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^[A-Za-z0-9 ,.;:'""?!()-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainCharacters();

    [GeneratedRegex(@"^[a-z][a-z ,'-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainGloss();

    [GeneratedRegex("[a-z]+('[a-z]+)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
