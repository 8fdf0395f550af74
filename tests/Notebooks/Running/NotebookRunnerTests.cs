using System.Diagnostics;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string OutFolder => Path.Combine(_folder.Path, "out");

    private async Task<NotebookReport> Run(string path, TimeSpan? timeout = null)
    {
        var options = new RunOptions { OutFolder = OutFolder, Timeout = timeout ?? TimeSpan.FromMinutes(2) };
        var report = await NotebookRunner.RunAsync([path], options, null, TestContext.Current.CancellationToken);
        return Assert.Single(report.Notebooks);
    }

    private Notebook Copy(string name) => NotebookReader.Read(Path.Combine(OutFolder, name));

    [Fact]
    public async Task AGoodNotebookRunsAndItsCopyHoldsTheOutputs()
    {
        var report = await Run(_folder.WriteNotebook("good.ipynb", "var x = 20;",
            "", "async Task<int> F() { await Task.Delay(1); return x + 1; }", "Console.WriteLine(await F() * 2);", "x"));
        Assert.True(report.Ok, report.Error);
        Assert.Equal([1, 2, 3, 4], report.Cells.Select(cell => cell.Number));
        var copy = Copy("good.ipynb");
        Assert.Equal([1, null, 2, 3, 4], copy.CodeCells.Select(cell => cell.ExecutionCount));
        Assert.Equal([new StreamOutput("stdout", "42\n")], copy.CodeCells.ElementAt(3).Outputs);
        Assert.Equal("20", Assert.IsType<ResultOutput>(Assert.Single(copy.CodeCells.Last().Outputs)).Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task AnUpdatedDisplayKeepsItsPlace()
    {
        var report = await Run(
            _folder.WriteNotebook("update.ipynb", "var shown = 1.Display(); 2.Display(); shown.Update(3);", "shown.Update(4);"));
        Assert.True(report.Ok, report.Error);
        var cells = Copy("update.ipynb").CodeCells.ToList();
        Assert.Equal(["4", "2"], cells[0].Outputs.Cast<DisplayOutput>().Select(output => output.Data[MimeBundle.PlainText]));
        Assert.Empty(cells[1].Outputs);
    }

    [Fact]
    public async Task AThrowingCellStopsTheNotebook()
    {
        var report = await Run(
            _folder.WriteNotebook("bad.ipynb", "int y = 1;", "\nthrow new InvalidOperationException(\"boom-\" + y);", "y"));
        Assert.Equal("Cell 2 of 3: System.InvalidOperationException: boom-1 (at cell 2, line 2)", report.Error);
        Assert.Equal([1, 2], report.Cells.Select(cell => cell.Number));
        var copy = Copy("bad.ipynb");
        Assert.Equal([1, 2, null], copy.CodeCells.Select(cell => cell.ExecutionCount));
        Assert.IsType<ErrorOutput>(Assert.Single(copy.CodeCells.ElementAt(1).Outputs));
    }

    [Fact]
    public async Task ACellThatDoesNotCompileStopsTheNotebook()
    {
        var report = await Run(_folder.WriteNotebook("syntax.ipynb", "int z = ;"));
        Assert.StartsWith("Cell 1 of 1: (1,9): error CS", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndlessCellIsEndedByTheTimeout()
    {
        var clock = Stopwatch.StartNew();
        var report = await Run(
            _folder.WriteNotebook("endless.ipynb", "1", "while (true) System.Threading.Thread.Sleep(50);"), TimeSpan.FromSeconds(5));
        Assert.Contains("TimedOut: The notebook had not ended after 5 seconds", report.Error, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 5, 30);
        Assert.IsType<ErrorOutput>(Copy("endless.ipynb").CodeCells.SelectMany(cell => cell.Outputs).Last());
    }

    [Fact]
    public async Task ACrashingCellIsReported()
    {
        var report = await Run(
            _folder.WriteNotebook("crash.ipynb", "Console.WriteLine(\"last words\");", "Environment.FailFast(\"the end\");"));
        Assert.StartsWith("Cell 2 of 2: KernelCrashed: The kernel process ended by signal SIGABRT", report.Error, StringComparison.Ordinal);
        Assert.Contains("the end", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACellThatWritesTooMuchIsCutAndGoesOn()
    {
        var report = await Run(_folder.WriteNotebook(
            "loud.ipynb", "var line = new string('x', 999) + \"\\n\"; for (var i = 0; i < 100_000; i++) Console.Write(line);", "1"));
        Assert.True(report.Ok, report.Error);
        var outputs = Copy("loud.ipynb").CodeCells.First().Outputs.Cast<StreamOutput>().ToList();
        Assert.Equal(["stdout", "stderr"], outputs.Select(output => output.Name));
        Assert.Equal(1_000_000, outputs[0].Text.Length);
        Assert.Contains("[cut:", outputs[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANotebookWithoutCodeFails()
    {
        Assert.StartsWith("The notebook ran no code", (await Run(_folder.WriteNotebook("empty.ipynb"))).Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "The notebook ran no code", (await Run(_folder.WriteNotebook("blank.ipynb", "", " \n"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenNotebookFailsAndTheNextOneRuns()
    {
        _folder.Write("series/a.ipynb", "{\"nbformat\":4,");
        _folder.WriteNotebook("series/deep/b.ipynb", "1");
        var options = new RunOptions { OutFolder = OutFolder };
        var report = await NotebookRunner.RunAsync(
            [Path.Combine(_folder.Path, "series")], options, null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (report.Passed, report.Failed));
        Assert.Contains("broken JSON", report.Notebooks[0].Error, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(OutFolder, "deep", "b.ipynb")], Directory.GetFiles(OutFolder, "*.ipynb", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task ACellOfAnotherLanguageIsRefused()
    {
        var path = _folder.WriteNotebook("foreign.ipynb", "1", "let x = 1");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var last = text.LastIndexOf("\"kernelName\": \"csharp\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            path, text[..last] + "\"kernelName\": \"fsharp\"" + text[(last + 22)..], TestContext.Current.CancellationToken);
        Assert.Equal("Cell 2 is written in fsharp; the kernels here are csharp, html, javascript, markdown, mermaid, value.",
            (await Run(path)).Error);
    }

    [Fact]
    public async Task CellsOfOtherLanguagesAreShown()
    {
        var path = _folder.WriteNotebook("mixed.ipynb", "<b>bold</b>", "1 + 1");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var first = text.IndexOf("\"kernelName\": \"csharp\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            path, text[..first] + "\"kernelName\": \"html\"" + text[(first + 22)..], TestContext.Current.CancellationToken);
        var report = await Run(path);
        Assert.True(report.Ok, report.Error);
        var cells = Copy("mixed.ipynb").CodeCells.ToList();
        Assert.Equal("<b>bold</b>", Assert.IsType<DisplayOutput>(Assert.Single(cells[0].Outputs)).Data[MimeBundle.Html]);
        Assert.Equal(2, Assert.IsType<ResultOutput>(Assert.Single(cells[1].Outputs)).ExecutionCount);
    }

    [Fact]
    public async Task APrintedProtocolEventDoesNotEndTheCell()
    {
        var report = await Run(_folder.WriteNotebook(
            "odd.ipynb",
            "foreach (var line in new[] { \"{\\\"eventType\\\":1e300}\", \"{\\\"a\\\":1,\\\"a\\\":2}\", \"{\" }) " +
                "System.Diagnostics.Process.Start(\"echo\", [line]).WaitForExit();", "2"));
        Assert.True(report.Ok, report.Error);
        Assert.Contains("1e300",
            string.Concat(Copy("odd.ipynb").CodeCells.First().Outputs.OfType<StreamOutput>().Select(output => output.Text)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFolderAndTheDeviceReachTheCells()
    {
        _folder.Write("book/beside.txt", "beside");
        _folder.WriteNotebook(
            "book/n.ipynb", "System.IO.File.ReadAllText(\"beside.txt\") + Environment.GetEnvironmentVariable(\"RABBIT_DEVICE\")");
        var options = new RunOptions { Device = "cpu" };
        var report = await NotebookRunner.RunAsync(
            [Path.Combine(_folder.Path, "book")], options, null, TestContext.Current.CancellationToken);
        var result = Assert.IsType<ResultOutput>(Assert.Single(report.Notebooks[0].Cells[0].Outputs));
        Assert.Equal("besidecpu", result.Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task ProgressReportsEveryCell()
    {
        var steps = new List<RunProgress>();
        await NotebookRunner.RunAsync(
            [_folder.WriteNotebook("n.ipynb", "1", "2")], null, new Recorder(steps), TestContext.Current.CancellationToken);
        Assert.Equal(
            ["NotebookStarted", "NotebookCellStarted", "NotebookCellFinished",
                "NotebookCellStarted", "NotebookCellFinished", "NotebookFinished"],
            steps.Select(step => step.GetType().Name));
    }

    [Fact]
    public async Task CancellingEndsTheKernel()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var path = _folder.WriteNotebook("endless.ipynb", "while (true) { }");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NotebookRunner.RunAsync([path], null, null, cancel.Token));
    }

    [Fact]
    public async Task TheReportIsJson()
    {
        var report = await NotebookRunner.RunAsync(
            [_folder.WriteNotebook("n.ipynb", "1", "throw new Exception(\"x\");")], null, null, TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.Path, "reports", "r.json");
        report.Save(path);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;
        Assert.Equal(0, (int?)json["passed"]);
        Assert.Equal(1, (int?)json["failed"]);
        var notebook = json["notebooks"]![0]!;
        Assert.False((bool?)notebook["ok"]);
        Assert.Equal(2, notebook["cells"]!.AsArray().Count);
        Assert.Equal("System.Exception: x (at cell 2, line 1)", (string?)notebook["cells"]![1]!["error"]);
    }

    private sealed class Recorder(List<RunProgress> steps) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => steps.Add(value);
    }
}
