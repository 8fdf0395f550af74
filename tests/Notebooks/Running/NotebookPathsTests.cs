using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class NotebookPathsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string inside) => Path.Combine(_folder.Path, inside);

    private static string RefusalOf(string path) => Assert.Throws<FileNotFoundException>(() => NotebookPaths.Expand([path])).Message;

    [Fact]
    public void AFolderIsSearchedInOrderWithoutEditorCopies()
    {
        foreach (var name in (string[])["n/b/2.ipynb", "n/a.ipynb", "n/b/1.ipynb", "n/.ipynb_checkpoints/x.ipynb", "n/notes.md"])
            _folder.Write(name, "");
        Assert.Equal(["a.ipynb", "b/1.ipynb", "b/2.ipynb"], NotebookPaths.Expand([At("n")]).Select(found => found.Inside));
    }

    [Fact]
    public void AFileNamedTwiceRunsOnce()
    {
        _folder.Write("n/a.ipynb", "");
        Assert.Single(NotebookPaths.Expand([At("n/a.ipynb"), At("n"), At("n/../n/a.ipynb")]));
    }

    [Fact]
    public void FilesOfOneNameKeepTheirFolders()
    {
        _folder.Write("x/a.ipynb", "");
        _folder.Write("y/a.ipynb", "");
        var found = NotebookPaths.Expand([At("x/a.ipynb"), At("y/a.ipynb")]);
        Assert.Equal(2, found.Select(one => one.Inside).Distinct().Count());
        Assert.All(found, one => Assert.DoesNotContain("..", one.Inside, StringComparison.Ordinal));
    }

    [Fact]
    public void APathThatLeadsToNoNotebookIsNamed()
    {
        Assert.StartsWith($"There is no notebook or folder '{At("none")}'", RefusalOf(At("none")), StringComparison.Ordinal);
        Assert.Equal($"The folder '{_folder.Path}' holds no notebook (*.ipynb).", RefusalOf(_folder.Path));
        var text = _folder.Write("notes.md", "");
        Assert.Equal($"'{text}' is not a notebook: its name does not end in .ipynb.", RefusalOf(text));
    }
}
