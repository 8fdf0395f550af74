using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>The verdict of a check on a reader's answer.</summary>
/// <param name="IsRight">Null when there is no answer yet, or when the check could not run.</param>
/// <param name="Error">Why it could not run; null when it could.</param>
public sealed record ExerciseOutcome(bool? IsRight, string? Error);

/// <summary>Checks one exercise of a notebook: runs the cells it needs, the reader's answer and the check.</summary>
public static class ExerciseRunner
{
    /// <summary>Checks the answer in the notebook.</summary>
    /// <param name="path">The notebook's file; the cells run in its folder.</param>
    /// <param name="notebook">The notebook. The cells that run get new outputs.</param>
    /// <param name="exercise">One of its exercises.</param>
    /// <param name="options">Device, timeout and kernel; null uses the defaults.</param>
    /// <param name="cancellationToken">Ends the kernel and throws.</param>
    public static async Task<ExerciseOutcome> CheckAsync(
        string path, Notebook notebook, NotebookExercise exercise, RunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var settings = options ?? new RunOptions();
        settings = settings with { Kernel = settings.Kernel ?? KernelProgram.Default };
        var cells = NeededCells.Of([.. notebook.CodeCells.Where(cell => !cell.IsEmpty)], [exercise.Stub, exercise.Solution]);
        var run = new NotebookRun(path, new Notebook { Cells = [.. cells] }, settings, null);
        if (await run.ExecuteAsync(cancellationToken) is not null)
            return new ExerciseOutcome(null, Failure(cells[run.Cells.Count - 1], exercise, run.Cells[^1].Error!));
        return run.Cells[^1].Outputs.Select(LessonOutputs.Exercise).OfType<ExerciseRecord>().LastOrDefault() is { } record
            ? new ExerciseOutcome(record.IsRight, null)
            : new ExerciseOutcome(null, $"the cell '{exercise.Solution.Id}' shows no Exercise.Check(...)");
    }

    private static string Failure(CodeCell cell, NotebookExercise exercise, string error) =>
        cell == exercise.Stub ? $"your answer does not run: {error}" : $"the cell '{cell.Id}' failed: {error}";
}
