using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>The commands that make something: run, corpus.</summary>
public sealed class WorkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rabbit-work-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OneFailingNotebookFailsTheRunAndTheOthersStillRun()
    {
        WriteNotebook("a-bad.ipynb", "throw new System.InvalidOperationException(\"boom\");");
        WriteNotebook("b-good.ipynb", "1 + 1");
        var report = Path.Combine(_folder, "report.json");
        var run = Rabbit.Run("run", _folder, "--out", Path.Combine(_folder, "out"), "--report", report);
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("1 passed, 1 failed\n", run.Output);
        Assert.Contains("boom", run.Output);
        Assert.DoesNotContain("   at ", run.Output + run.Error);
        Assert.Equal(1, JsonDocument.Parse(File.ReadAllText(report)).RootElement.GetProperty("failed").GetInt32());
        Assert.True(File.Exists(Path.Combine(_folder, "out", "b-good.ipynb")));
    }

    [Fact]
    public void ANotebookThatIsNotThereIsRefused() => Rabbit.Run("run", Path.Combine(_folder, "none.ipynb")).IsRefused(1, "none.ipynb");

    [Fact]
    public void ACorpusIsTheSameForTheSameSeed()
    {
        string Build(string name, string seed) =>
            Rabbit.Run("corpus", "--out", Path.Combine(_folder, name), "--scale", "0.001", "--seed", seed).Output;
        var first = Build("one", "1");
        Assert.Contains("sha256", first);
        Assert.Equal(first, Build("two", "1"));
        Assert.NotEqual(first, Build("three", "2"));
        Assert.True(File.Exists(Path.Combine(_folder, "one", "corpus.json")));
    }

    private void WriteNotebook(string name, string code) => File.WriteAllText(Path.Combine(_folder, name), JsonSerializer.Serialize(new
    {
        nbformat = 4,
        nbformat_minor = 5,
        metadata = new { kernelspec = new { name = ".net-csharp", display_name = ".NET (C#)", language = "C#" } },
        cells = new[] { new
        {
            cell_type = "code", id = "c1", metadata = new { }, source = code, outputs = Array.Empty<object>(), execution_count = (int?)null
        } },
    }));
}
