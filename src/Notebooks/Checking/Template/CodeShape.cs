using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking.Template;

/// <summary>Code that fits beside its text: narrow, short, and with something to look at.</summary>
internal static class CodeShape
{
    private const int Columns = 88;
    private const int Lines = 10;

    public static IEnumerable<string> Problems(Notebook ran)
    {
        foreach (var cell in ran.CodeCells.Where(cell => !cell.IsEmpty))
        {
            var lines = cell.Source.Split('\n');
            foreach (var (index, width) in lines.Select(WidthOf).Index().Where(line => line.Item > Columns))
                yield return $"Cell '{cell.Id}', line {index + 1}, has {width} columns; a page shows {Columns}. Break it.";
            var full = lines.Count(line => !string.IsNullOrWhiteSpace(line));
            if (full > Lines && !IsFolded(cell))
                yield return $"Cell '{cell.Id}' has {full} lines; a cell has at most {Lines}. " +
                    "Make two, or move what is not the idea into Lessons.";
            if (cell.Outputs.Count == 0)
                yield return $"Cell '{cell.Id}' shows nothing. End it with something to look at, or join it to the next.";
        }
    }

    private static int WidthOf(string line) => line.EnumerateRunes().Count();

    /// <summary>Whether a front end folds the cell away until the reader opens it.</summary>
    internal static bool IsFolded(CodeCell cell) => cell.Tags.Contains(LessonTags.Check) || cell.Tags.Contains(LessonTags.Solution);
}
