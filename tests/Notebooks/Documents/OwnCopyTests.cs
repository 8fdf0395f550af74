using System.Text.Json.Nodes;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class OwnCopyTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ACopyHasTheExercisesWithoutTheirSolutions()
    {
        var original = _folder.WriteNotebook("n.ipynb", "int? mine = null;", "check", "check.Solved(2, 1, 3, 4)");
        var notebook = NotebookReader.Read(original);
        foreach (var (cell, tag) in notebook.Cells.Zip([LessonTags.Exercise, LessonTags.Check, LessonTags.Solution]))
            cell.Metadata["tags"] = new JsonArray(tag);
        notebook.Cells.Insert(0, new MarkdownCell { Id = "q", Source = "**1.1.1 Two.** What is two?" });
        NotebookWriter.Write(notebook, original);

        var copy = Path.Combine(_folder.Path, "my", "tier1", "n.ipynb");
        OwnCopy.Write(original, copy);
        Assert.Equal(["**1.1.1 Two.** What is two?", "int? mine = null;", "check"],
            NotebookReader.Read(copy).Cells.Select(cell => cell.Source));
        Assert.False(OwnCopy.IsOutdated(original, copy));

        NotebookWriter.Write(NotebookReader.Read(copy), copy);
        Assert.False(OwnCopy.IsOutdated(original, copy), "what the reader writes does not count");
        File.AppendAllText(original, "\n");
        Assert.True(OwnCopy.IsOutdated(original, copy));
    }
}
