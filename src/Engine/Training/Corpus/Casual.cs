namespace LlmRabbitHoles.Training;

/// <summary>Makes a tidy question into one as people type it: lower case, no question mark, a greeting before it.</summary>
internal static class Casual
{
    private static readonly string[] Before =
        ["Hi! ", "Hello! ", "Hi Alice! ", "Hello Alice, ", "Hey, ", "Hey Alice, ", "Alice, ", "Please tell me: ", "Quick question: ", "Question: ", "A question: ", "I have a question. ", "So, ", "OK, ", "Thanks. ", "One more thing: "];

    private static readonly string[] After = [" please", ", please", ", Alice"];

    /// <summary>The question as it stands in about half of all cases.</summary>
    public static string Vary(string question, Random random)
    {
        var text = question;
        if (random.Chance(0.12) && text.StartsWith("What is ", StringComparison.Ordinal))
            text = "What's " + text["What is ".Length..];
        if (random.Chance(0.1))
            text = Prefixed(random.One(Before), text);
        if (random.Chance(0.04) && text[^1] is '?' or '.')
            text = text[..^1] + random.One(After) + text[^1];
        if (random.Chance(0.14) && text[^1] is '?' or '.')
            text = text[..^1];
        if (random.Chance(0.14))
            text = text.ToLowerInvariant();
        return text;
    }

    private static string Prefixed(string before, string text) =>
        before.EndsWith(", ", StringComparison.Ordinal) && text is not ['I', ' ' or '\'', ..] ? before + char.ToLowerInvariant(text[0]) + text[1..] : before + text;
}
