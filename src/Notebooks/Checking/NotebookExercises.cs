using System.Text.RegularExpressions;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>Finds the exercises of a notebook by the tags of its cells: a text that asks, a stub, a check, a solution.</summary>
public static partial class NotebookExercises
{
    /// <summary>The exercises, top to bottom, without incomplete ones: see <see cref="Incomplete"/>.</summary>
    public static IReadOnlyList<NotebookExercise> Of(Notebook notebook)
    {
        var code = notebook.CodeCells.Where(cell => !cell.IsEmpty).ToList();
        return [.. Find(notebook).Where(found => found is { Question: not null, Check: not null }).Select((found, index) =>
            new NotebookExercise(index + 1, TitleOf(found.Question!.Source), found.Question.Source,
                found.Question.Id, found.Stub, code.IndexOf(found.Stub) + 1, found.Check!, found.Solution))];
    }

    /// <summary>The stubs without a text directly above, or without a check and a solution before the next stub.</summary>
    internal static IEnumerable<CodeCell> Incomplete(Notebook notebook) =>
        Find(notebook).Where(found => found is not { Question: not null, Check: not null, Solution: not null }).Select(found => found.Stub);

    private static IEnumerable<(MarkdownCell? Question, CodeCell Stub, CodeCell? Check, CodeCell? Solution)> Find(Notebook notebook)
    {
        foreach (var (at, cell) in notebook.Cells.Index())
        {
            if (cell is not CodeCell stub || !stub.Tags.Contains(LessonTags.Exercise))
                continue;
            var below = notebook.Cells.Skip(at + 1).OfType<CodeCell>()
                .TakeWhile(next => !next.Tags.Contains(LessonTags.Exercise)).ToList();
            var solution = below.FirstOrDefault(next => next.Tags.Contains(LessonTags.Solution));
            yield return (
                at > 0 ? notebook.Cells[at - 1] as MarkdownCell : null,
                stub, below.FirstOrDefault(next => next.Tags.Contains(LessonTags.Check)), solution);
        }
    }

    private static string TitleOf(string question) =>
        Bold().Match(question) is { Success: true } bold
            ? bold.Groups[1].Value.TrimEnd('.', ' ')
            : question.TrimStart('#', ' ').Split('\n')[0];

    // The notebook numbers its exercises itself; the map numbers them differently.
    [GeneratedRegex(@"\*\*(?:[\d.]+\s+)?(.+?)\*\*")]
    private static partial Regex Bold();
}

/// <summary>An exercise of a notebook.</summary>
/// <param name="Number">1 for the first of its notebook.</param>
/// <param name="Title">What the question puts in bold.</param>
/// <param name="Question">The Markdown that asks.</param>
/// <param name="QuestionId">The id of the cell that asks.</param>
/// <param name="Stub">Where the answer goes, in place of <c>null</c>.</param>
/// <param name="StubNumber">The stub's number among the code cells that are not empty.</param>
/// <param name="Check">Holds the answer against its cases.</param>
/// <param name="Solution">Proves the check with a right answer and wrong ones; null in a reader's own copy.</param>
public sealed record NotebookExercise(
    int Number, string Title, string Question, string QuestionId, CodeCell Stub, int StubNumber, CodeCell Check, CodeCell? Solution);
