using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>
/// Says what keeps a notebook from being published: outputs that are not
/// those of a clean run, claims that the text does not meet.
/// </summary>
public static class NotebookCheck
{
    /// <summary>All problems, in the order of the cells; empty when the notebook is correct.</summary>
    /// <param name="stored">The notebook as it is committed.</param>
    /// <param name="fresh">The same notebook after a clean run from top to bottom.</param>
    public static IReadOnlyList<string> Problems(Notebook stored, Notebook fresh) =>
    [
        .. Cells(stored, fresh),
        .. ClaimProblems.Of(fresh),
        .. ClaimProblems.Stale(stored),
        .. TypedNumbers.Of(fresh),
        .. ExerciseProblems.Of(stored),
    ];

    private static IEnumerable<string> Cells(Notebook stored, Notebook fresh)
    {
        foreach (var cell in stored.CodeCells.Where(cell => cell.IsEmpty))
            yield return $"Code cell '{cell.Id}' is empty. Write code into it or delete it.";
        var elsewhere = DeviceOf(stored) is { } before && DeviceOf(fresh) is { } now && before != now;
        var pairs = stored.CodeCells.Where(cell => !cell.IsEmpty).Zip(fresh.CodeCells.Where(cell => !cell.IsEmpty));
        foreach (var (index, (old, ran)) in pairs.Index())
        {
            var varies = elsewhere || ran.Tags.Contains(LessonTags.Varies);
            if (CountProblem(old, index + 1) is { } count)
                yield return count;
            else if (OutputDifference.Between([.. old.Outputs], [.. ran.Outputs], varies) is { } difference)
                yield return $"Cell {index + 1} ('{old.Id}'): {difference}";
        }
    }

    private static string? CountProblem(CodeCell cell, int wanted) => cell.ExecutionCount switch
    {
        null => $"Cell {wanted} ('{cell.Id}') has not run: it stores no execution count.",
        var count when count != wanted =>
            $"Cell {wanted} ('{cell.Id}') stores the execution count {count}: the outputs do not come from one run from top to bottom.",
        _ => null,
    };

    private static string? DeviceOf(Notebook notebook) => NotebookClaims.Of(notebook) is [{ Claim.Device: var device }, ..] ? device : null;
}
