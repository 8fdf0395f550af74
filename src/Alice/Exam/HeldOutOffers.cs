using System.Text.RegularExpressions;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Finds the exam's new tools and new JSON forms, so that no lesson has one.</summary>
/// <remarks>Of names letters and digits count, in any case: sendEmail is send_email. Two forms are the same if they have the same
/// fields, in any order.</remarks>
internal static partial class HeldOutOffers
{
    private static readonly HashSet<string> Names = [.. ExamTool.All.Select(tool => Bare(tool.Name))];
    private static readonly HashSet<string> Descriptions = [.. ExamTool.All.Select(tool => CorpusBuilder.Normalized(tool.Description))];
    private static readonly HashSet<string> Forms = [.. ExamForm.All.Select(form => Key(form.Fields.Select(field => field.Name)))];

    /// <summary>Whether a tool of the exam has this name.</summary>
    public static bool HasName(string name) => Names.Contains(Bare(name));

    /// <summary>Whether a tool of the exam has this description; what explains its parameters behind it does not count.</summary>
    public static bool HasDescription(string description) =>
        Descriptions.Contains(CorpusBuilder.Normalized(Explanation().Replace(description, "")));

    /// <summary>Whether a form of the exam has these fields and no others.</summary>
    public static bool HasFields(IEnumerable<string> names) => Forms.Contains(Key(names));

    /// <summary>Whether a chat offers such a tool, or the assistant fills such a form.</summary>
    public static bool AreIn(IEnumerable<ChatMessage> messages) => messages.Any(message => message.Role switch
    {
        "system" or "user" => Offered().Matches(message.Content).Any(tool =>
            HasName(tool.Groups[1].Value) || HasDescription(tool.Groups[2].Value)),
        "assistant" => AreIn(message.Content),
        _ => false,
    });

    /// <summary>Whether a line of a text is such a form, filled.</summary>
    public static bool AreIn(string text) => text.Contains('{') && text.Split('\n').Any(line =>
        line is ['{', .., '}'] && HasFields(Field().Matches(line).Select(field => field.Groups[1].Value)));

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Key(IEnumerable<string> names) => string.Join(' ', names.Select(Bare).Distinct().Order(StringComparer.Ordinal));

    // "sends a letter; x is the person".
    [GeneratedRegex(@"(?:[;,] | \().*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Explanation();

    // "send_letter(to): sends a letter".
    [GeneratedRegex(@"^([\w-]+)\([\w ,-]*\): (.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Offered();

    [GeneratedRegex("[{,] ?\"([^\"]+)\":", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
