using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A folder for one test, deleted when the test ends.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("notebooks-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A notebook with a code cell for each of <paramref name="sources"/>.</summary>
    public string WriteNotebook(string name, params string[] sources)
    {
        var notebook = Notebook.CreateCSharp();
        foreach (var (index, source) in sources.Index())
            notebook.Cells.Add(Notebook.CreateCodeCell($"c{index}", source));
        return Write(name, NotebookWriter.ToText(notebook));
    }
}
