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
            yield return $"Cell '{stub.Id}' is tagged '{LessonTags.Exercise}' and needs a text cell with the question above it " +
                $"and a cell tagged '{LessonTags.Solution}' with the check below it.";
        }

        foreach (var exercise in NotebookExercises.Of(notebook))
        {
            var records = exercise.Solution.Outputs.Select(LessonOutputs.Exercise).OfType<ExerciseRecord>().ToList();
            if (exercise.Solution.Outputs.Count > 0 && records.Count != 1)
                yield return $"Cell '{exercise.Solution.Id}' is tagged '{LessonTags.Solution}' and shows {records.Count} checks; " +
                    "it must show one Exercise.Check(...).";
            foreach (var given in records.Where(record => record.IsRight is not null))
                yield return $"The stub of exercise {exercise.Number} ('{exercise.Stub.Id}') holds an answer. " +
                    "A stub has null where the answer goes.";
        }
    }
}
