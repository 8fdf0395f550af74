using System.Text.Json.Nodes;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class NotebookCheckTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string References =>
        $"#r \"{Path.Combine(Repository.Root, "bin", "LlmRabbitHoles.Notebooks.dll")}\"\nusing LlmRabbitHoles.Lessons;";

    private static async Task<NotebookReport> Run(string path, RunOptions options) =>
        Assert.Single((await NotebookRunner.RunAsync([path], options, null, TestContext.Current.CancellationToken)).Notebooks);

    private static Task<NotebookReport> Check(string path) => Run(path, new RunOptions { Check = true });

    private static void Change(string path, Action<Notebook> change)
    {
        var notebook = NotebookReader.Read(path);
        change(notebook);
        NotebookWriter.Write(notebook, path);
    }

    private static void Tag(Cell cell, params string[] tags) =>
        cell.Metadata["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]);

    [Fact]
    public async Task StoredOutputsAreAcceptedAndFalsifiedOutputsAreRefused()
    {
        var path = _folder.WriteNotebook(
            "n.ipynb", "var x = 20;", "Console.WriteLine($\"{x} bytes\");", "System.Diagnostics.Stopwatch.GetTimestamp()", "x + 1");
        Change(path, notebook => Tag(notebook.Cells[2], LessonTags.Varies));
        Assert.Equal("Cell 1 ('c0') has not run: it stores no execution count. (and 3 more)", (await Check(path)).Error);

        Assert.Null((await Run(path, new RunOptions { Update = true })).Error);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        var whole = await Check(path);
        Assert.True(whole.Ok, whole.Error);

        Change(path, notebook => ((CodeCell)notebook.Cells[1]).Outputs[0] = new StreamOutput("stdout", "21 bytes\n"));
        Change(path, notebook => ((CodeCell)notebook.Cells[2]).Outputs.Clear());
        Change(path, notebook => ((CodeCell)notebook.Cells[3]).ExecutionCount = 7);
        Assert.Equal(
            [
                "Cell 2 ('c1'): its stdout differs from a fresh run:\n    - 21 bytes\n    + 20 bytes",
                "Cell 3 ('c2'): it stores no output, and a fresh run gives a result (text/html text/plain)",
                "Cell 4 ('c3') stores the execution count 7: the outputs do not come from one run from top to bottom.",
            ],
            (await Check(path)).Problems);
    }

    [Fact]
    public async Task ARunThatFailsOrIsCancelledLeavesTheNotebookAsItWas()
    {
        var path = _folder.WriteNotebook("n.ipynb", "1", "throw new Exception(\"x\");");
        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.False((await Run(path, new RunOptions { Update = true })).Ok);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));

        var endless = _folder.WriteNotebook("endless.ipynb", "1", "while (true) { }");
        before = await File.ReadAllBytesAsync(endless, TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource();
        var second = new Watcher(progress =>
        {
            if (progress is NotebookCellStarted { Number: 2 })
                cancel.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => NotebookRunner.RunAsync([endless], new RunOptions { Update = true }, second, cancel.Token));
        Assert.Equal(before, await File.ReadAllBytesAsync(endless, TestContext.Current.CancellationToken));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public async Task TheTextOfACopyShowsWhatTheRunClaimed()
    {
        var path = _folder.WriteNotebook("n.ipynb", References, "Claim.That(\"kv-bytes\", 20 + 1, \"bytes\", within: (20, 22))");
        Change(path, notebook => notebook.Cells.Add(new MarkdownCell { Id = "text", Source = "It takes <!--kv-bytes-->9 bytes<!--/-->." }));
        var report = await Run(path, new RunOptions { OutFolder = Path.Combine(_folder.Path, "out") });
        Assert.True(report.Ok, report.Error);
        Assert.Equal("It takes <!--kv-bytes-->21 bytes<!--/-->.",
            NotebookReader.Read(Path.Combine(_folder.Path, "out", "n.ipynb")).Cells[^1].Source);
        Assert.Equal("It takes <!--kv-bytes-->9 bytes<!--/-->.", NotebookReader.Read(path).Cells[^1].Source);

        var claims = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out", "claims.json"), TestContext.Current.CancellationToken))!;
        var claim = Assert.Single(claims["claims"]!.AsArray())!;
        Assert.Equal((path, 2, "kv-bytes", 21, "bytes", 20, 22), (
            (string?)claim["notebook"], (int)claim["cell"]!, (string?)claim["id"], (int)claim["value"]!, (string?)claim["unit"],
            (int)claim["at_least"]!, (int)claim["at_most"]!));
        Assert.Contains((string?)claim["device"], new[] { "cpu", "cuda" });
    }

    [Fact]
    public async Task AnUpdateWritesTheRunsNumbersIntoTheTextAndACheckHoldsThem()
    {
        var path = _folder.WriteNotebook("n.ipynb", References, "Claim.That(\"share\", 200 / 3.0, \"%\", within: (60, 70))");
        Change(path, notebook => notebook.Cells.Add(new MarkdownCell { Id = "text", Source = "It gets <!--share--><!--/-->." }));
        await Run(path, new RunOptions { Update = true });
        Assert.Equal("It gets <!--share-->66.7 %<!--/-->.", NotebookReader.Read(path).Cells[^1].Source);
        Assert.True((await Run(path, new RunOptions { Check = true })).Ok);

        Change(path, notebook => ((MarkdownCell)notebook.Cells[^1]).Source = "It gets <!--share-->98765.7 %<!--/-->.");
        Assert.Contains("says '98765.7 %' for 'share'", (await Run(path, new RunOptions { Check = true })).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATextThatNamesNoClaimFailsEveryRun()
    {
        var path = _folder.WriteNotebook("n.ipynb", "1");
        Change(path, notebook => notebook.Cells.Add(new MarkdownCell { Id = "text", Source = "It takes <!--kv-bytes--><!--/-->." }));
        Assert.StartsWith("Text cell 'text', line 1, shows 'kv-bytes', and no cell makes that claim. Add Claim.That(\"kv-bytes\"",
            (await Run(path, new RunOptions())).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int? mine = null;", null, null)]
    [InlineData("int? mine = 4;", true, null)]
    [InlineData("int? mine = 5;", false, null)]
    [InlineData("int? mine = five;", null, "your answer does not run: (1,13): error CS0103")]
    public async Task AnExerciseRunsOnlyWhatItNeeds(string stub, bool? right, string? because)
    {
        var path = _folder.WriteNotebook("n.ipynb", References, "var two = 2;", "throw new Exception(\"not needed\");", stub,
            "var check = Exercise.Of(\"1.1.1\", mine).Case(n => n, 2 * two).Hint(\"a\").Hint(\"b\");\ncheck",
            "check.Solved(4, 1, 2, 3)");
        Change(path, notebook =>
        {
            Tag(notebook.Cells[3], LessonTags.Exercise);
            Tag(notebook.Cells[4], LessonTags.Check);
            Tag(notebook.Cells[5], LessonTags.Solution);
            notebook.Cells.Insert(3, new MarkdownCell { Id = "q", Source = "**1. Double.** Twice two?" });
        });
        var notebook = NotebookReader.Read(path);
        var outcome = await ExerciseRunner.CheckAsync(
            path, notebook, Assert.Single(NotebookExercises.Of(notebook)), null, TestContext.Current.CancellationToken);
        Assert.Equal(right, outcome.Check?.IsRight);
        if (because is null)
            Assert.Null(outcome.Error);
        else
            Assert.StartsWith(because, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProofTriesTheSolutionAndTheWrongAnswers()
    {
        var path = _folder.WriteNotebook("n.ipynb", References, "int? mine = null;",
            "var check = Exercise.Of(\"1.1.1\", mine).Case(n => n, 4).Hint(\"a\").Hint(\"b\");\ncheck", "check.Solved(4, 1, 2, 3)");
        Change(path, notebook =>
        {
            foreach (var (cell, tag) in notebook.Cells.Skip(1).Zip([LessonTags.Exercise, LessonTags.Check, LessonTags.Solution]))
                Tag(cell, tag);
            notebook.Cells.Insert(1, new MarkdownCell { Id = "q", Source = "**1. Double.** Twice two?" });
        });
        var notebook = NotebookReader.Read(path);
        var outcome = await ExerciseRunner.ProveAsync(
            path, notebook, Assert.Single(NotebookExercises.Of(notebook)), null, TestContext.Current.CancellationToken);
        Assert.Null(outcome.Error);
        Assert.Equal(["n gave 1, expected 4.", "n gave 2, expected 4.", "n gave 3, expected 4."], outcome.Proof!.Refusals);
    }

    private sealed class Watcher(Action<RunProgress> see) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => see(value);
    }
}
