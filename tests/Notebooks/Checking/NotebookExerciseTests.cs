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
    public void AnExerciseIsAQuestionAStubACheckAndASolution()
    {
        var found = Assert.Single(NotebookExercises.Of(WithCells(
            Question, Tagged("s", "x = null;", "exercise"), Tagged("c", "Check", "check"), Tagged("p", "Solved", "solution"))));
        Assert.Equal((1, "Place", "q", "s", 2, "c", "p"), (found.Number, found.Title, found.QuestionId, found.Stub.Id, found.StubNumber,
            found.Check.Id, found.Solution!.Id));
    }

    [Fact]
    public void AReadersCopyHasExercisesWithoutSolutions() => Assert.Null(Assert.Single(NotebookExercises.Of(
        WithCells(Question, Tagged("s", "x = null;", "exercise"), Tagged("c", "Check", "check")))).Solution);

    [Fact]
    public void AStubWithoutQuestionOrCheckIsAProblem()
    {
        Assert.StartsWith("Cell 's' is tagged 'exercise' and needs", Assert.Single(ExerciseProblems.Of(
            WithCells(Tagged("s", "x = null;", "exercise"), Tagged("c", "Check", "solution")))), StringComparison.Ordinal);
        Assert.Single(ExerciseProblems.Of(WithCells(Question, Tagged("s", "x = null;", "exercise"))));
        Assert.Single(ExerciseProblems.Of(WithCells(Question, Tagged("s", "x = null;", "exercise"), Tagged("c", "Check", "check"))));
    }

    [Fact]
    public void AStubThatHoldsAnAnswerIsAProblem()
    {
        var check = Tagged("c", "Check", "check");
        check.Outputs.Add(new ResultOutput(1, ValueFormatter.Format(Exercise.Of<int?>("n", 3).Case(n => n, 3)), []));
        Assert.StartsWith("The stub of exercise 1 ('s') holds an answer", Assert.Single(ExerciseProblems.Of(
            WithCells(Question, Tagged("s", "x = 3;", "exercise"), check, Tagged("p", "Solved", "solution")))), StringComparison.Ordinal);
    }
}
