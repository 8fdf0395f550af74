using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>The verdict of a check on a reader's answer.</summary>
/// <param name="Check">What the check shows; null when it could not run.</param>
/// <param name="Error">Why it could not run; null when it could.</param>
public sealed record ExerciseOutcome(ExerciseRecord? Check, string? Error)
{
    /// <summary>What the check said to its stored wrong answers; null unless they were tried.</summary>
    public ExerciseProofRecord? Proof { get; init; }
}

/// <summary>Checks one exercise of a notebook: runs the cells it needs, the reader's answer and the check.</summary>
public static class ExerciseRunner
{
    /// <summary>Checks the answer in the notebook.</summary>
    /// <param name="path">The notebook's file; the cells run in its folder.</param>
    /// <param name="notebook">The notebook. The cells that run get new outputs.</param>
    /// <param name="exercise">One of its exercises.</param>
    /// <param name="options">Device, timeout and kernel; null uses the defaults.</param>
    /// <param name="cancellationToken">Ends the kernel and throws.</param>
    public static Task<ExerciseOutcome> CheckAsync(
        string path, Notebook notebook, NotebookExercise exercise, RunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exercise);
        return RunAsync(path, notebook, exercise, [exercise.Stub, exercise.Check], options, cancellationToken);
    }

    /// <summary>Proves the check of an exercise: it must accept the stored solution and refuse the stored wrong answers.</summary>
    /// <inheritdoc cref="CheckAsync" path="/param"/>
    /// <exception cref="ArgumentException">The exercise has no solution, as in a reader's own copy.</exception>
    public static async Task<ExerciseOutcome> ProveAsync(
        string path, Notebook notebook, NotebookExercise exercise, RunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exercise);
        var solution = exercise.Solution ?? throw new ArgumentException(
            $"Exercise {exercise.Number} of '{path}' has no solution; the notebook in notebooks/ has.", nameof(exercise));
        var outcome = await RunAsync(path, notebook, exercise, [exercise.Stub, exercise.Check, solution], options, cancellationToken);
        return outcome.Error is null && outcome.Proof is null
            ? outcome with { Error = $"the cell '{solution.Id}' shows no proof; it must end with check.Solved(...)" }
            : outcome;
    }

    private static async Task<ExerciseOutcome> RunAsync(
        string path, Notebook notebook, NotebookExercise exercise, IReadOnlyCollection<CodeCell> wanted, RunOptions? options,
        CancellationToken cancellationToken)
    {
        var settings = options ?? new RunOptions();
        settings = settings with { Kernel = settings.Kernel ?? KernelProgram.Default };
        var cells = NeededCells.Of([.. notebook.CodeCells.Where(cell => !cell.IsEmpty)], wanted);
        var run = new NotebookRun(path, new Notebook { Cells = [.. cells] }, settings, null);
        if (await run.ExecuteAsync(cancellationToken) is not null)
            return new ExerciseOutcome(null, Failure(cells[run.Cells.Count - 1], exercise, run.Cells[^1].Error!));
        var outputs = run.Cells.SelectMany(cell => cell.Outputs).ToList();
        return outputs.Select(LessonOutputs.Exercise).OfType<ExerciseRecord>().LastOrDefault() is { } check
            ? new ExerciseOutcome(check, null) { Proof = outputs.Select(LessonOutputs.Proof).OfType<ExerciseProofRecord>().LastOrDefault() }
            : new ExerciseOutcome(null, $"the cell '{exercise.Check.Id}' shows no exercise; it must end with Exercise.Of(...)");
    }

    private static string Failure(CodeCell cell, NotebookExercise exercise, string error) =>
        cell == exercise.Stub ? $"your answer does not run: {error}" : $"the cell '{cell.Id}' failed: {error}";
}
