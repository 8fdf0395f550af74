using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Makes a tidy message into one as people type it: a greeting before it, thanks after it, lower case, CAPITALS, no question
/// mark, American spelling, mistakes of the fingers.</summary>
/// <remarks>Mistakes fall on words that the wordings themselves use. Messages with words that she has to copy letter by letter are
/// varied by their own lessons.</remarks>
internal static partial class Casual
{
    private const double Untouched = 0.35;

    /// <summary>The message, unchanged in about a third of all cases.</summary>
    /// <param name="message">One or several sentences.</param>
    /// <param name="random">Decides everything.</param>
    public static string Vary(string message, Random random)
    {
        if (random.Chance(Untouched)) return message;
        var text = Contracted(message, random);
        if (random.Chance(0.15)) text = ArticleOfName().Replace(text, "");
        if (random.Chance(0.16)) text = Opened(text, random);
        if (random.Chance(0.12)) text = Closed(text, random);
        if (random.Chance(0.10)) text = Spelling.American(text);
        if (random.Chance(0.16)) text = Mistakes.Make(text, random);
        if (random.Chance(0.22)) text = WithoutEnd(text);
        if (random.Chance(0.06)) text = WithoutCommas(text);
        return Cased(text, random);
    }

    private static string Contracted(string text, Random random)
    {
        if (!random.Chance(0.2)) return text;
        foreach (var (whole, contracted) in Contractions)
            text = text.Replace(whole, contracted, StringComparison.Ordinal);
        return random.Chance(0.35) ? text.Replace("'s ", "s ", StringComparison.Ordinal) : text;
    }

    private static readonly (string Whole, string Contracted)[] Contractions =
    [
        ("What is ", "What's "), ("Who is ", "Who's "), ("Where is ", "Where's "), ("When is ", "When's "), ("How is ", "How's "),
        ("what is ", "what's "), ("I am ", "I'm "), ("I would ", "I'd "), ("It is ", "It's "), ("do not ", "don't "),
        ("does not ", "doesn't "), ("cannot ", "can't "), ("I have ", "I've "), ("you are ", "you're "),
    ];

    /// <summary>With a greeting, a name or a reason before it.</summary>
    private static string Opened(string text, Random random)
    {
        var opening = Wordings.All.Expand("voice.opening", [], random).TrimEnd();
        var joins = opening is [.., ',' or ':'] && !StartsWithName(text);
        return $"{opening} {(joins ? char.ToLowerInvariant(text[0]) + text[1..] : text)}";
    }

    private static string Closed(string text, Random random)
    {
        if (!random.Chance(0.5)) return $"{text} {Wordings.All.Expand("voice.closing", [], random).TrimEnd()}";
        return text is [.., not ' ' and not '.', '?' or '.' or '!']
            ? $"{text[..^1]}{Wordings.All.Expand("voice.tail", [], random)}{text[^1]}"
            : text;
    }

    // "I", "I'm" and names keep their capital: a second capital later in the word or a digit also marks what must stay.
    private static bool StartsWithName(string text) =>
        text is ['I', ' ' or '\'', ..] || !char.IsUpper(text[0]) || !Mistakes.IsCommon(FirstWord().Match(text).Value);

    private static string WithoutEnd(string text) => text is [.., not ' ' and not '.', '?' or '.' or '!'] ? text[..^1] : text;

    private static string WithoutCommas(string text) => text.Replace(", ", " ", StringComparison.Ordinal);

    private static string Cased(string text, Random random) => random.NextDouble() switch
    {
        < 0.22 => text.ToLowerInvariant(),
        < 0.29 => text.ToUpperInvariant(),
        < 0.33 => FirstLetter(text, random),
        _ => text,
    };

    private static string FirstLetter(string text, Random random) =>
        random.Chance(0.3) && !StartsWithName(text) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    // "the United States" becomes "United States".
    [GeneratedRegex(@"\bthe (?=[A-Z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ArticleOfName();

    [GeneratedRegex(@"^[\p{L}']+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstWord();
}
