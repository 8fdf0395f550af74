using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What the console says about exercises.</summary>
internal static class ExerciseText
{
    public static void Write(TextWriter writer, IReadOnlyList<ShelvedExercise> exercises, bool inFull)
    {
        foreach (var exercise in exercises)
        {
            writer.WriteLine($"{exercise.Number,-6} {exercise.Exercise.Title}   ({exercise.Hole})");
            if (!inFull)
                continue;
            writer.WriteLine($"\n{exercise.Exercise.Question.Trim()}\n\n{Indented(exercise.Exercise.Stub.Source)}\n");
            writer.WriteLine(
                $"Your answer goes in place of null into {Place(exercise)}. Then: ./rabbit exercise {exercise.Number} --check\n");
        }
    }

    public static string Verdict(ShelvedExercise exercise, ExerciseOutcome outcome) => outcome switch
    {
        { Error: { } error } => $"✘ {Name(exercise)}: {error}",
        { IsRight: true } => $"✔ {Name(exercise)}: solved.",
        { IsRight: false } => $"✘ {Name(exercise)}: not yet. The check refuses the answer in {Place(exercise)}.",
        _ => $"○ {Name(exercise)}: no answer yet. Write yours in place of null into {Place(exercise)}, save it, and run this again.",
    };

    private static string Name(ShelvedExercise exercise) => $"{exercise.Number} {exercise.Exercise.Title}";

    private static string Place(ShelvedExercise exercise) => $"code cell {exercise.Exercise.StubNumber} of {exercise.Path}";

    private static string Indented(string code) => string.Join("\n", code.Split('\n').Select(line => "    " + line));
}
