using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Runs every notebook of the series, each as its own test.</summary>
public sealed class SeriesNotebooks
{
    private const string None = "none is written yet";

    /// <summary>All notebooks below notebooks/, from the repository's root, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Find()];

    /// <summary>A theory must have a case; <see cref="CurriculumTests"/> ensures that no notebook is missing.</summary>
    public static TheoryData<string> All => Paths.Count > 0 ? [.. Paths] : [None];

    private static IEnumerable<string> Find()
    {
        var folder = Path.Combine(Repository.Root, NotebookPaths.DefaultFolder);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.ipynb", SearchOption.AllDirectories)
                .Where(file => !file.Contains(".ipynb_checkpoints", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
            : [];
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task RunsFromTopToBottomAndHoldsWhatItStores(string path)
    {
        if (path == None)
            return;
        var options = new RunOptions { Check = true };
        var report = await NotebookRunner.RunAsync(
            [Path.Combine(Repository.Root, path)], options, null, TestContext.Current.CancellationToken);
        var notebook = Assert.Single(report.Notebooks);
        Assert.True(notebook.Ok, string.Join("\n", [notebook.Error, .. notebook.Problems]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void MarksNumbersInItsTextAndProvesEachExercise(string path)
    {
        if (path == None)
            return;
        var notebook = NotebookReader.Read(Path.Combine(Repository.Root, path));
        Assert.NotEmpty(notebook.Cells.OfType<MarkdownCell>().SelectMany(cell => ClaimText.Marks(cell.Source)));
        Assert.All(NotebookExercises.Of(notebook), exercise =>
        {
            var check = Assert.Single(exercise.Check.Outputs.Select(LessonOutputs.Exercise).OfType<ExerciseRecord>());
            Assert.Null(check.IsRight);
            Assert.True(check.Hints.Count >= 2, exercise.Title);
            Assert.True(Assert.Single(exercise.Solution!.Outputs.Select(LessonOutputs.Proof)
                .OfType<ExerciseProofRecord>()).Refusals.Count >= 3, exercise.Title);
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void CarriesTheMetadataOfTheSeries(string path)
    {
        if (path == None)
            return;
        var notebook = NotebookReader.Read(Path.Combine(Repository.Root, path));
        Assert.Equal(".net-csharp", (string?)notebook.Metadata["kernelspec"]?["name"]);
        Assert.Equal("C#", (string?)notebook.Metadata["kernelspec"]?["language"]);
        Assert.Equal("csharp", (string?)notebook.Metadata["language_info"]?["name"]);
        Assert.All(notebook.CodeCells, cell => Assert.Equal("csharp", cell.Language));
    }
}
