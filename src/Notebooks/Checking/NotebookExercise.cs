using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>An exercise of a notebook.</summary>
/// <param name="Number">1 for the first of its notebook.</param>
/// <param name="Title">What the question puts in bold.</param>
/// <param name="Question">The Markdown that asks.</param>
/// <param name="QuestionId">The id of the cell that asks.</param>
/// <param name="Stub">Where the answer goes, in place of <c>null</c>.</param>
/// <param name="StubNumber">The stub's number among the code cells that are not empty.</param>
/// <param name="Solution">The check, with the solution and wrong answers.</param>
public sealed record NotebookExercise(
    int Number, string Title, string Question, string QuestionId, CodeCell Stub, int StubNumber, CodeCell Solution);
