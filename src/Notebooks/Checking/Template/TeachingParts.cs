using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Lessons.Displays.Components;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking.Template;

/// <summary>What makes a notebook teach: a guess, something to move, claims with controls, exercises.</summary>
internal static class TeachingParts
{
    private const int VisibleClaims = 6;
    private const int Exercises = 3;

    private static readonly string[] Playable =
    [
        ComponentMimeType.TokenBox, ComponentMimeType.AttentionViewer, ComponentMimeType.SamplerBench,
        ComponentMimeType.LensGrid, ComponentMimeType.CacheStepper, ComponentMimeType.Roofline, ComponentMimeType.ArrowPair,
    ];

    /// <param name="ran">The notebook after a run.</param>
    /// <param name="number">The number of its hole; null when the map does not have it.</param>
    public static IEnumerable<string> Problems(Notebook ran, string? number) =>
        [.. Displays(ran), .. Claims(ran), .. ExerciseProblems(ran, number)];

    private static IEnumerable<string> Displays(Notebook ran)
    {
        if (!Shows(ran, ComponentMimeType.Guess) || !Shows(ran, ComponentMimeType.GuessAnswer))
            yield return "The reader guesses nothing: ask with var guess = Predict(...) and show guess.Reveal(value) where it is known.";
        if (!Playable.Any(type => Shows(ran, type)))
            yield return "The reader can move nothing: " +
                "show a TokenBox, AttentionViewer, SamplerBench, LensGrid, CacheStepper, Roofline or ArrowPair.";
    }

    private static IEnumerable<string> Claims(Notebook ran)
    {
        var claims = NotebookClaims.Of(ran).Select(found => found.Claim).Where(claim => claim.CanFail).ToList();
        if (claims.Count == 0)
            yield return "The notebook claims nothing: Claim.That(\"id\", value, within: (from, to), control: (\"name\", value)).";
        foreach (var claim in claims.Where(claim => claim.Control is null))
            yield return $"The claim '{claim.Id}' has no control. Say what the same measurement gives where it is not so, " +
                "with control: (\"name\", value), or make it Measured.That if it is no thesis.";
        var visible = ran.CodeCells.Where(cell => !CodeShape.IsFolded(cell)).SelectMany(cell => cell.Outputs)
            .Count(output => LessonOutputs.Claim(output) is not null);
        if (visible > VisibleClaims)
            yield return $"{visible} claims stand open; at most {VisibleClaims} may. Tag the cells of the others '{LessonTags.Check}'.";
    }

    private static IEnumerable<string> ExerciseProblems(Notebook ran, string? number)
    {
        var exercises = NotebookExercises.Of(ran);
        if (exercises.Count < Exercises)
            yield return $"The notebook has {exercises.Count} exercises; it needs {Exercises} or more.";
        var records = exercises.Select(exercise => exercise.Check.Outputs.Select(LessonOutputs.Exercise).OfType<ExerciseRecord>()
            .FirstOrDefault()).ToList();
        if (!records.Any(record => record?.IsOpen == true))
            yield return "No exercise is open. One must ask the reader to find something: Exercise.Open(...).";
        foreach (var (exercise, record) in exercises.Zip(records))
        {
            if (record is not null && number is not null && record.Number != $"{number}.{exercise.Number}")
                yield return $"The exercise '{record.Number}' is {number}.{exercise.Number} by its place. Give it that number.";
        }
    }

    private static bool Shows(Notebook ran, string mimeType) => ran.CodeCells.SelectMany(cell => cell.Outputs)
        .Any(output => LessonOutputs.Representations(output)?.Find(mimeType) is not null);
}
