using System.Text.RegularExpressions;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Running;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What the console says about exercises.</summary>
internal static partial class ExerciseText
{
    public static void Write(IAnsiConsole console, IReadOnlyList<ShelvedExercise> exercises, bool inFull)
    {
        foreach (var exercise in exercises)
        {
            console.WriteLine($"{exercise.Number,-6} {exercise.Exercise.Title}   ({exercise.Hole})");
            if (!inFull)
                continue;
            console.MarkupLine($"\n{Question(exercise)}\n\n{Indented(exercise.Exercise.Stub.Source).EscapeMarkup()}\n");
            console.WriteLine(
                $"Your answer goes in place of null into {Place(exercise)}. Then: ./rabbit exercise {exercise.Number} --check\n");
        }
    }

    public static void WriteHints(TextWriter writer, IReadOnlyList<ShelvedExercise> exercises)
    {
        foreach (var exercise in exercises)
        {
            var hints = exercise.Exercise.Check.Outputs.Select(LessonOutputs.Exercise).OfType<ExerciseRecord>()
                .SelectMany(record => record.Hints).ToList();
            writer.WriteLine(Name(exercise));
            writer.WriteLine(hints.Count == 0 ? "  no hints" : string.Join("\n", hints.Select((hint, at) => $"  {at + 1}. {hint}")));
        }
    }

    public static void WriteSolutions(TextWriter writer, IReadOnlyList<ShelvedExercise> exercises)
    {
        foreach (var exercise in exercises)
            writer.WriteLine($"{Name(exercise)}\n{Indented(exercise.Exercise.Solution?.Source ?? "no solution is stored")}\n");
    }

    public static string Verdict(ShelvedExercise exercise, ExerciseOutcome outcome) => outcome switch
    {
        { Error: { } error } => $"✘ {Name(exercise)}: {error}",
        { Check.IsRight: true } => $"✔ {Name(exercise)}: solved.",
        { Check: { IsRight: false } check } => $"✘ {Name(exercise)}: {check.Failure}" + (check.Hints is [var hint, ..]
            ? $"\n  Hint: {hint} (./rabbit exercise {exercise.Number} --hints has more, --solution a solution.)" : ""),
        _ => $"○ {Name(exercise)}: no answer yet. Write yours in place of null into {Place(exercise)}, save it, and run this again.",
    };

    public static string Proof(ShelvedExercise exercise, ExerciseOutcome outcome) => outcome is { Proof: { } proof }
        ? $"✔ {Name(exercise)}: accepts its solution, refuses {proof.Refusals.Count} wrong answers ({proof.Refusals[0].TrimEnd('.')})"
        : $"✘ {Name(exercise)}: {outcome.Error}";

    private static string Name(ShelvedExercise exercise) => $"{exercise.Number} {exercise.Exercise.Title}";

    // Editors show no cell numbers before a run, but every one can search.
    private static string Place(ShelvedExercise exercise) =>
        $"{exercise.Path}, in the cell that begins with '{exercise.Exercise.Stub.Source.Split('\n')[0].Split('=')[0].Trim()}'";

    private static string Question(ShelvedExercise exercise) =>
        Bold().Replace(exercise.Exercise.Question.Trim().EscapeMarkup(), "[bold]$1[/]");

    private static string Indented(string code) => string.Join("\n", code.Split('\n').Select(line => "    " + line));

    [GeneratedRegex(@"\*\*(.+?)\*\*")]
    private static partial Regex Bold();
}
