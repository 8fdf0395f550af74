using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>Jupyter's own runner runs the series.</summary>
public sealed class NbconvertTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>All notebooks of the series, from the repository's root.</summary>
    public static TheoryData<string> Notebooks =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void NbconvertExecutesTheNotebook(string path)
    {
        using var jupyter = new InstalledJupyter();
        var outcome = Outcome.Of(
            Patience, Repository.Root, jupyter.Environment, "/usr/bin/jupyter-nbconvert", "--to", "notebook", "--execute",
            "--ExecutePreprocessor.timeout=300", "--ExecutePreprocessor.startup_timeout=120", "--output-dir", jupyter.Folder.Path, path);
        Assert.True(outcome.ExitCode == 0, outcome.Story);
        var cells = NotebookReader.Read(Path.Combine(jupyter.Folder.Path, Path.GetFileName(path))).CodeCells.ToArray();
        Assert.Equal(Enumerable.Range(1, cells.Length), cells.Select(cell => cell.ExecutionCount ?? 0));
        Assert.DoesNotContain(cells.SelectMany(cell => cell.Outputs), output => output is ErrorOutput);
    }
}
