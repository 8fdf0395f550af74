using System.Text.RegularExpressions;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking.Template;

/// <summary>Few words, and after every figure a sentence that names a point in it.</summary>
internal static partial class ProseShape
{
    private const int Words = 1800;

    public static IEnumerable<string> Problems(Notebook ran)
    {
        var words = ran.Cells.OfType<MarkdownCell>().Sum(cell => Word().Count(Comment().Replace(cell.Source, "")));
        if (words > Words)
            yield return $"The text has {words:N0} words; a notebook has at most {Words:N0}. Cut what the cells show anyway.";
        foreach (var (index, cell) in ran.Cells.Index())
        {
            if (cell is CodeCell code && !CodeShape.IsFolded(code) && code.Outputs.Any(IsFigure) && !NamesAPoint(After(ran, index)))
                yield return $"No sentence below the figure of cell '{cell.Id}' names a point in it. " +
                    "Say what one place of it shows, with its number (<!--id--><!--/-->) or its label (`label`).";
        }
    }

    private static bool IsFigure(CellOutput output) => LessonOutputs.Representations(output)?.Find(MimeTypes.Svg) is not null;

    // The claims of the figure stand folded between it and its sentence.
    private static MarkdownCell? After(Notebook notebook, int index) =>
        notebook.Cells.Skip(index + 1).FirstOrDefault(cell => cell is not CodeCell code || !CodeShape.IsFolded(code)) as MarkdownCell;

    private static bool NamesAPoint(MarkdownCell? text) => text is not null && Point().IsMatch(text.Source);

    [GeneratedRegex("<!--[a-z0-9-]+-->|`[^`]+`|[0-9]")]
    private static partial Regex Point();

    [GeneratedRegex(@"<!--[\s\S]*?-->")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();
}
