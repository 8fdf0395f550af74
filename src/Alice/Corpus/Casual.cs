using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Makes a tidy question into one as people type it: lower case, no question mark, a greeting before it.</summary>
internal static partial class Casual
{
    private static readonly string[] Before =
    [
        "Hi! ", "Hello! ", "Hi Alice! ", "Hello Alice, ", "Hey, ", "Hey Alice, ", "Alice, ", "Please tell me: ", "Quick question: ",
        "Question: ", "A question: ", "I have a question. ", "So, ", "OK, ", "Thanks. ", "One more thing: ",
        "Can you help me? ", "Please help me. ", "I need to know this: ", "Excuse me, ", "Listen, ", "My question is: ",
        "Could you answer this? ", "I want to know one thing: ",
    ];

    private static readonly string[] After = [" please", ", please", ", Alice"];

    /// <summary>The question, unchanged in about half of all cases.</summary>
    public static string Vary(string question, Random random)
    {
        var text = question;
        if (random.Chance(0.12) && text.StartsWith("What is ", StringComparison.Ordinal))
            text = "What's " + text["What is ".Length..];
        if (random.Chance(0.15))
            text = ArticleOfName().Replace(text, "");
        if (random.Chance(0.1))
            text = Prefixed(random.One(Before), text);
        if (random.Chance(0.04) && text is [.., not ' ' and not '.', '?' or '.'])
            text = text[..^1] + random.One(After) + text[^1];
        if (random.Chance(0.14) && text is [.., not ' ' and not '.', '?' or '.'])
            text = text[..^1];
        if (random.Chance(0.14))
            text = text.ToLowerInvariant();
        return random.Chance(0.3) ? text.Replace("what's", "whats", StringComparison.Ordinal) : text;
    }

    // "the United States" becomes "United States".
    [GeneratedRegex(@"\bthe (?=[A-Z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ArticleOfName();

    private static string Prefixed(string before, string text) =>
        before.EndsWith(", ", StringComparison.Ordinal) && text is not ['I', ' ' or '\'', ..]
            ? before + char.ToLowerInvariant(text[0]) + text[1..]
            : before + text;
}
