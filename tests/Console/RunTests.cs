using System.Diagnostics;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>Notebooks are run, checked and updated; whatever goes wrong, no notebook is left half-written.</summary>
public sealed class RunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rabbit-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(params string[] sources)
    {
        var path = Path.Combine(_folder, "n.ipynb");
        var cells = sources.Select((source, index) =>
            $$"""{"cell_type":"code","id":"c{{index}}","metadata":{},"source":"{{source}}","outputs":[],"execution_count":null}""");
        File.WriteAllText(path, $$"""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{{string.Join(',', cells)}}]}""");
        return path;
    }

    [Fact]
    public void UpdateStoresWhatCheckAcceptsAndAFalsifiedOutputExits1()
    {
        var path = Write("1 + 1", "Console.WriteLine(42);");
        Assert.Equal(1, Rabbit.Run("run", "--check", path).ExitCode);
        Assert.Equal(0, Rabbit.Run("run", "--update", path).ExitCode);
        Assert.Equal(0, Rabbit.Run("run", "--check", path).ExitCode);

        File.WriteAllText(path, File.ReadAllText(path).Replace("\"42\\n\"", "\"43\\n\"", StringComparison.Ordinal));
        var outcome = Rabbit.Run("run", "--check", path);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(
            "Cell 2 ('c1'): its stdout differs from a fresh run:\n    - 43\n    + 42\n", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"./rabbit run --update {path} stores", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task AFullDiskIsReportedAndLeavesTheNotebookAsItWas()
    {
        var path = Write("Console.Write(new string('x', 300_000));");
        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        // A limit on the size of files fails a write as a full disk does. The runtime itself maps more than that unless told not to.
        var limited = $"trap '' XFSZ; ulimit -f 100; exec dotnet {Path.Combine(Rabbit.Root, "bin", "rabbit.dll")} run --update {path}";
        var start = new ProcessStartInfo("bash", ["-c", limited])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("0 passed, 1 failed", output, StringComparison.Ordinal);
        Assert.Contains("n.ipynb", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void CtrlCExits130AndLeavesTheNotebookAsItWas()
    {
        var started = Path.Combine(_folder, "started");
        var path = Write($"System.IO.File.WriteAllText(\\\"{started}\\\", \\\"\\\"); while (true) {{ }}");
        var before = File.ReadAllBytes(path);
        using var watcher = new FileSystemWatcher(_folder, "started") { EnableRaisingEvents = true };
        using var begun = new ManualResetEventSlim();
        watcher.Created += (_, _) => begun.Set();
        using var process = Rabbit.Start("run", "--update", path);
        Assert.True(begun.Wait(120_000), "the cell did not start");
        Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
        Assert.DoesNotContain("   at ", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path, started], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }
}
