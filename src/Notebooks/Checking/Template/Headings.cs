using System.Text.RegularExpressions;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking.Template;

/// <summary>A title, then the same eight headings in the same order, and no other.</summary>
internal static partial class Headings
{
    /// <summary>The sections of a rabbit hole, as DESIGN names them.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        ["Predict", "By hand", "For real", "Play", "What it costs", "Break it", "Exercises", "Deeper"];

    public static IEnumerable<string> Problems(Notebook notebook)
    {
        var found = notebook.Cells.OfType<MarkdownCell>().SelectMany(cell => Heading().Matches(WithoutCode(cell.Source))
            .Select(match => (Level: match.Groups["level"].Length, Text: match.Groups["text"].Value.Trim()))).ToList();
        if (found is not [{ Level: 1 }, ..] || found.Count(heading => heading.Level == 1) != 1)
            yield return "The notebook must begin with one title ('# ...') and have no other.";
        var sections = found.Where(heading => heading.Level == 2).Select(heading => heading.Text).ToList();
        if (!sections.SequenceEqual(Sections))
            yield return $"The headings are {Listed(sections)}; they must be {Listed(Sections)}, in this order.";
        foreach (var (level, text) in found.Where(heading => heading.Level > 2))
            yield return $"The heading '{new string('#', level)} {text}' is too deep. Begin a paragraph with the words in bold instead.";
    }

    /// <summary>The text without fenced code, every line where it was.</summary>
    private static string WithoutCode(string markdown) => Fence().Replace(markdown, code => NotNewline().Replace(code.Value, " "));

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    [GeneratedRegex("(?m)^(?<level>#{1,6})\\s+(?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?m)^(?<fence>```+|~~~+)[\s\S]*?^\k<fence>")]
    private static partial Regex Fence();

    [GeneratedRegex("[^\n]")]
    private static partial Regex NotNewline();
}
