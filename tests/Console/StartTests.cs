namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>A reader works in a copy, so that the clone stays as it is.</summary>
[Collection(OwnCopies)]
public sealed class StartTests : IDisposable
{
    /// <summary>The tests that read or write my/ take turns.</summary>
    internal const string OwnCopies = "own copies";

    private readonly string _my = Path.Combine(Rabbit.Root, "my");
    private readonly string _aside = Path.Combine(Rabbit.Root, ".rabbit", $"my-{Guid.NewGuid():N}");

    // A developer's own copies are left alone.
    public StartTests()
    {
        if (Directory.Exists(_my)) Directory.Move(_my, _aside);
    }

    public void Dispose()
    {
        if (Directory.Exists(_my)) Directory.Delete(_my, recursive: true);
        if (Directory.Exists(_aside)) Directory.Move(_aside, _my);
    }

    [Fact]
    public void AReaderGetsACopyThatStaysUntilItIsBegunAfresh()
    {
        var copy = Path.Combine(_my, "tier1", "02-tokens.ipynb");
        var started = Rabbit.Run("start", "1.2", "--no-open");
        Assert.Equal((0, copy + "\n"), (started.ExitCode, started.Output));
        Assert.True(File.Exists(Path.Combine(_my, "tier1", "03-embeddings.ipynb")), "the links of the copy lead to copies");

        File.WriteAllText(copy, File.ReadAllText(copy).Replace("UTF-8", "UTF-9", StringComparison.Ordinal));
        Assert.Equal((0, ""), (Rabbit.Run("start", "tokens", "--no-open") is var again ? again.ExitCode : -1, again.Error));
        Assert.Contains("UTF-9", File.ReadAllText(copy), StringComparison.Ordinal);

        var fresh = Rabbit.Run("start", "1.2", "--no-open", "--fresh");
        Assert.Contains("02-tokens.before.ipynb", fresh.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("UTF-9", File.ReadAllText(copy), StringComparison.Ordinal);
        var kept = File.ReadAllText(Path.ChangeExtension(copy, ".before.ipynb"));
        Assert.Contains("UTF-9", kept, StringComparison.Ordinal);
    }
}
