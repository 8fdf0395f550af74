using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>Finds exercises without a question, check or solution, and stubs that hold an answer.</summary>
internal static class ExerciseProblems
{
    public static IEnumerable<string> Of(Notebook notebook)
    {
        foreach (var stub in NotebookExercises.Incomplete(notebook))
        {
            yield return $"Cell '{stub.Id}' is tagged '{LessonTags.Exercise}' and needs a text cell with the question above it, " +
                $"and below it a cell tagged '{LessonTags.Check}' with the check and one tagged '{LessonTags.Solution}'.";
        }

        foreach (var exercise in NotebookExercises.Of(notebook))
        {
            var records = exercise.Check.Outputs.Select(LessonOutputs.Exercise).OfType<ExerciseRecord>().ToList();
            if (exercise.Check.Outputs.Count > 0 && records.Count != 1)
                yield return $"Cell '{exercise.Check.Id}' checks an exercise and shows {records.Count} checks; " +
                    "it must end with one Exercise.Of(...) or Exercise.Open(...).";
            foreach (var given in records.Where(record => record.IsRight is not null))
                yield return $"The stub of exercise {exercise.Number} ('{exercise.Stub.Id}') holds an answer. " +
                    "A stub has null where the answer goes.";
        }
    }
}
