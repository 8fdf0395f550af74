using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Every notebook of the series is run, each as a test of its own.</summary>
public sealed class SeriesNotebooks
{
    private const string None = "none is written yet";

    /// <summary>All notebooks below notebooks/, from the repository's root, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Find()];

    /// <summary>A theory must have a case; <see cref="CurriculumFacts"/> sees to it that none is missing.</summary>
    public static TheoryData<string> All => Paths.Count > 0 ? [.. Paths] : [None];

    private static IEnumerable<string> Find()
    {
        var folder = Path.Combine(RepositoryRoot.Path, NotebookPaths.DefaultFolder);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.ipynb", SearchOption.AllDirectories)
                .Where(file => !file.Contains(".ipynb_checkpoints", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
            : [];
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task RunsFromTopToBottom(string path)
    {
        if (path == None)
            return;
        var report = await NotebookRunner.RunAsync([Path.Combine(RepositoryRoot.Path, path)], null, null, TestContext.Current.CancellationToken);
        Assert.Null(Assert.Single(report.Notebooks).Error);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void CarriesTheMetadataOfTheSeries(string path)
    {
        if (path == None)
            return;
        var notebook = NotebookReader.Read(Path.Combine(RepositoryRoot.Path, path));
        Assert.Equal(".net-csharp", (string?)notebook.Metadata["kernelspec"]?["name"]);
        Assert.Equal("C#", (string?)notebook.Metadata["kernelspec"]?["language"]);
        Assert.Equal("csharp", (string?)notebook.Metadata["language_info"]?["name"]);
        Assert.All(notebook.CodeCells, cell => Assert.Equal("csharp", cell.Language));
    }
}
