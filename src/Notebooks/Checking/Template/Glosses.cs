using System.Text.RegularExpressions;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Notebooks.Checking.Template;

/// <summary>
/// A word that a later hole explains has a gloss where it is used first: a few words in parentheses, or in italics as it is introduced.
/// </summary>
internal static partial class Glosses
{
    public static IEnumerable<string> Problems(Notebook notebook, Series series, RabbitHole hole)
    {
        var later = series.Curriculum.Holes.SkipWhile(other => other.Id != hole.Id).Skip(1).Select(other => other.Id).ToHashSet();
        var text = string.Join("\n\n", notebook.Cells.OfType<MarkdownCell>().Select(cell => Readable(cell.Source)));
        if (text.IndexOf("\n## Deeper", StringComparison.Ordinal) is >= 0 and var deeper)
            text = text[..deeper];
        foreach (var term in series.Glossary.Terms.Where(term => later.Contains(term.Hole)))
        {
            var names = string.Join("|", term.Also.Append(term.Term).OrderByDescending(name => name.Length).Select(Regex.Escape));
            var first = Regex.Match(text, $@"(?<![\p{{L}}\p{{N}}-])(?<italic>\*)?(?:{names})(?![\p{{L}}\p{{N}}-])\*?(?<gloss>\s\()?",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            if (first.Success && !first.Groups["italic"].Success && !first.Groups["gloss"].Success)
                yield return $"'{term.Term}' is used before its hole, {term.Hole}: \"{Around(text, first.Index)}\". " +
                    $"Put five words behind it in parentheses, such as: {term.Means}";
        }
    }

    // Code, formulas, link targets and headings need no gloss; a link's own text leads to one.
    private static string Readable(string markdown) =>
        Prose.Of(Link().Replace(markdown, " "));

    private static string Around(string text, int at) =>
        text[Math.Max(0, at - 30)..Math.Min(text.Length, at + 40)].ReplaceLineEndings(" ").Trim();

    [GeneratedRegex(@"\[[^\]]*\]\([^)]*\)")]
    private static partial Regex Link();
}
