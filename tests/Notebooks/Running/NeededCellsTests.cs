using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class NeededCellsTests
{
    private static string Needed(params string[] sources)
    {
        CodeCell[] cells = [.. sources.Select((source, index) => Notebook.CreateCodeCell($"{index}", source))];
        return string.Join(" ", NeededCells.Of(cells, [cells[^1]]).Select(cell => cell.Id));
    }

    [Fact]
    public void NamedCellsAreNeededTogetherWithTheCellsTheyName() =>
        Assert.Equal("0 1 4", Needed("var a = 1;", "int F(int x) => x + a;", "var b = 2;", "class C { }", "F(3)"));

    [Fact]
    public void UsingsAndReferencesAreAlwaysNeeded() =>
        Assert.Equal("0 1 3", Needed("using System.IO;", "#r \"x.dll\"", "var b = 2;", "3"));

    [Fact]
    public void TypesAndDeconstructionsMakeACellNeeded() =>
        Assert.Equal("0 1 3", Needed("class C { }", "var (x, y) = (1, 2);", "var z = 1;", "new C().Equals(y)"));

    [Fact]
    public void AnAssignmentMakesACellNeeded() =>
        Assert.Equal("0 1 3", Needed("var a = new int[2];", "a[0] = 1;", "Console.WriteLine(a);", "a"));

    [Fact]
    public void LaterCellsAreNotNeeded()
    {
        CodeCell[] cells = [Notebook.CreateCodeCell("0", "F(a)"), Notebook.CreateCodeCell("1", "var a = 1;")];
        Assert.Equal("0", Assert.Single(NeededCells.Of(cells, [cells[0]])).Id);
    }
}
