using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>How an answer is searched for what it must hold.</summary>
internal static partial class Answers
{
    private const int LargestWord = 999;

    private static readonly Dictionary<string, int> _words =
        Enumerable.Range(0, LargestWord + 1).ToDictionary(number => Spoken(English.Number(number)), StringComparer.Ordinal);

    private static readonly HashSet<string> _small = ["in", "on", "at", "by", "of", "to", "a", "an", "the", "and", "among", "with", "is"];

    /// <summary>Whether these words stand in the text as whole words, in any case.</summary>
    public static bool HasWords(this string text, string words)
    {
        for (var at = 0; (at = text.IndexOf(words, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
        }
        return false;
    }

    /// <summary>Whether one of them stands in the text as whole words.</summary>
    public static bool HasAny(this string text, params IEnumerable<string> some) => some.Any(text.HasWords);

    /// <summary>Whether all words of a value stand in the text, articles and prepositions apart, accents or not.</summary>
    public static bool HasContent(this string text, string value) =>
        ContentWords(value).All(word => text.HasWords(word) || Plain(text).HasWords(Plain(word)));

    /// <summary>"in a hollow tree": hollow, tree.</summary>
    public static IEnumerable<string> ContentWords(string value)
    {
        var words = Words().Matches(value).Select(word => word.Value).ToList();
        var content = words.Where(word => !_small.Contains(word.ToLowerInvariant())).ToList();
        return content.Count > 0 ? content : words;
    }

    /// <summary>The whole numbers of a text: its figures, or where it has none, its number words.</summary>
    public static IReadOnlyList<int> Numbers(this string text)
    {
        int[] figures = [.. Figures().Matches(text).Select(figure => int.TryParse(figure.Value, out var number) ? number : -1)];
        return figures.Length > 0 ? figures : [.. Spelled(text)];
    }

    /// <summary>Whether a text gives the result of a calculation: behind its last equals sign, or as its only number beside those that
    /// were asked about.</summary>
    public static bool GivesResult(this string text, int result, params IReadOnlyCollection<int> operands)
    {
        var equals = text.LastIndexOf('=');
        if (equals >= 0) return text[(equals + 1)..].Numbers() is [var first, ..] && first == result;
        var numbers = text.Numbers();
        return numbers.Contains(result) && numbers.All(number => number == result || operands.Contains(number));
    }

    /// <summary>Whether a text says that she does not know, was not told, or cannot.</summary>
    public static bool Declines(this string text) => Straight(text).HasAny(
        "do not know", "don't know", "not told", "haven't told", "have not told", "didn't tell", "no idea", "not sure", "cannot know",
        "can't know", "cannot say", "can't say", "do not have that", "unknown to me", "never heard", "have not heard", "can only",
        "cannot tell", "can't tell");

    /// <summary>Whether a text says that she has no means for it.</summary>
    public static bool HasNoMeans(this string text) => text.Declines() || Straight(text).HasAny(
        "no tool", "cannot", "can't", "do not have", "don't have", "not able", "unable", "not possible");

    private static string Straight(string text) => text.Replace('\u2019', '\'');

    private static IEnumerable<int> Spelled(string text)
    {
        var words = Words().Matches(Spoken(text)).Select(word => word.Value).ToArray();
        for (var at = 0; at < words.Length;)
        {
            var length = Math.Min(5, words.Length - at);
            while (length > 0 && !_words.ContainsKey(string.Join(' ', words, at, length))) length--;
            if (length > 0) yield return _words[string.Join(' ', words, at, length)];
            at += Math.Max(1, length);
        }
    }

    private static string Spoken(string text) => text.ToLowerInvariant().Replace('-', ' ');

    private static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark));

    [GeneratedRegex(@"(?<![\d.,])\d+(?![\d]|[.,]\d)")]
    private static partial Regex Figures();

    [GeneratedRegex(@"[\p{L}\d'-]+")]
    private static partial Regex Words();
}
