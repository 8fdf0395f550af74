using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class NotebookExerciseTests
{
    private static CodeCell Tagged(string id, string source, string tag)
    {
        var cell = Notebook.CreateCodeCell(id, source);
        cell.Metadata["tags"] = new System.Text.Json.Nodes.JsonArray(tag);
        return cell;
    }

    private static Notebook WithCells(params Cell[] cells) => new() { Cells = [Notebook.CreateCodeCell("first", "1"), .. cells] };

    private static readonly MarkdownCell Question = new() { Id = "q", Source = "**2. Place.** Say on which place." };

    [Fact]
    public void AnExerciseIsAQuestionAStubAndACheck()
    {
        var found = Assert.Single(
            NotebookExercises.Of(WithCells(Question, Tagged("s", "x = null;", "exercise"), Tagged("c", "Check", "solution"))));
        Assert.Equal((1, "Place", "q", "s", 2, "c"),
            (found.Number, found.Title, found.QuestionId, found.Stub.Id, found.StubNumber, found.Solution.Id));
    }

    [Fact]
    public void AStubWithoutQuestionOrCheckIsAProblem()
    {
        Assert.StartsWith("Cell 's' is tagged 'exercise' and needs", Assert.Single(ExerciseProblems.Of(
            WithCells(Tagged("s", "x = null;", "exercise"), Tagged("c", "Check", "solution")))), StringComparison.Ordinal);
        Assert.Single(ExerciseProblems.Of(WithCells(Question, Tagged("s", "x = null;", "exercise"))));
    }

    [Fact]
    public void AStubThatHoldsAnAnswerIsAProblem()
    {
        var check = Tagged("c", "Check", "solution");
        check.Outputs.Add(new ResultOutput(1, ValueFormatter.Format(Exercise.Check<int?>("n", 3, n => n == 3, 3, 1, 2, 4)), []));
        Assert.StartsWith("The stub of exercise 1 ('s') holds an answer", Assert.Single(ExerciseProblems.Of(
            WithCells(Question, Tagged("s", "x = 3;", "exercise"), check))), StringComparison.Ordinal);
    }
}
