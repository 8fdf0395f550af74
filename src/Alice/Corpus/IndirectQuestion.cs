using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Turns a direct question into a clause ("what the largest planet is") or a noun phrase ("the largest planet").</summary>
internal static partial class IndirectQuestion
{
    /// <summary>"the largest planet" of "What is the largest planet?"; null where the question asks for none.</summary>
    public static string? Thing(string question) => ThingAsked().Match(question) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>"why birds fly south" of "Why do birds fly south?"; null where the order of words would need more than this.</summary>
    public static string? Clause(string question)
    {
        if (!question.EndsWith('?')) return null;
        var text = char.ToLowerInvariant(question[0]) + question[1..^1];
        if (What().Match(text) is { Success: true } what) return $"what {what.Groups[2].Value} {what.Groups[1].Value}";
        if (WhyIs().Match(text) is { Success: true } why) return $"why {why.Groups[1].Value} is {why.Groups[2].Value}";
        if (Does().Match(text) is { Success: true } does)
        {
            var verb = does.Groups[3].Value switch { "have" => "has", "do" => "does", "fly" => "flies", var other => other + "s" };
            return $"{does.Groups[1].Value} {does.Groups[2].Value} {verb}{does.Groups[4].Value}";
        }

        if (Do().Match(text) is { Success: true } plain) return $"{plain.Groups[1].Value} {plain.Groups[2].Value}";
        return Subject().IsMatch(text) ? text : null;
    }

    [GeneratedRegex("^What is (the [^+-]+)\\?$", RegexOptions.None, 1000)]
    private static partial Regex ThingAsked();

    [GeneratedRegex("^what (is|are) (the .+)$", RegexOptions.None, 1000)]
    private static partial Regex What();

    [GeneratedRegex("^why is (it|the \\w+) (.+)$", RegexOptions.None, 1000)]
    private static partial Regex WhyIs();

    [GeneratedRegex(
        "^(.+?) does (.+?) (have|do|come|rise|set|look|freeze|boil|melt|rain|need|fly|work|breathe|predict|form|split|fall)\\b(.*)$",
        RegexOptions.None, 1000)]
    private static partial Regex Does();

    [GeneratedRegex("^(.+?) do ((?:we|you|people|plants|birds|some|things|fish|flowers|leaves|the|language) .+)$", RegexOptions.None, 1000)]
    private static partial Regex Do();

    // Where the asked word is the subject, the order of words does not change.
    [GeneratedRegex(
        "^(which|what|who|how many) (?!do |does |should ).*(is|has|gives|makes|are|rules|goes|lays|follows|comes)\\b",
        RegexOptions.None, 1000)]
    private static partial Regex Subject();
}
