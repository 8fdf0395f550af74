namespace LlmRabbitHoles.Alice;

/// <summary>The little English grammar that wordings need.</summary>
internal static class English
{
    private static readonly string[] Ones =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>"a dog", "an owl".</summary>
    public static string WithArticle(string noun) =>
        ("aeiou".Contains(noun[0]) && !noun.StartsWith("uni", StringComparison.Ordinal) ? "an " : "a ") + noun;

    /// <summary>"dogs", "boxes", "berries": the rule, which exceptions do not keep.</summary>
    public static string Plural(string noun) => noun switch
    {
        [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'] => noun + "es",
        [.. var stem, not ('a' or 'e' or 'o' or 'u') and var before, 'y'] => stem + before + "ies",
        _ => noun + "s",
    };

    public static string Capitalized(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1];

    /// <param name="n">0 to 999.</param>
    public static string Number(int n) => n switch
    {
        < 20 => Ones[n],
        < 100 => Tens[n / 10] + (n % 10 == 0 ? "" : "-" + Ones[n % 10]),
        _ => Ones[n / 100] + " hundred" + (n % 100 == 0 ? "" : " and " + Number(n % 100)),
    };
}
