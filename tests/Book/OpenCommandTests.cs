using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>./rabbit open and ./rabbit book as programs.</summary>
[Collection(SharedBooks.Name)]
public sealed class OpenCommandTests
{
    [Fact]
    public void OpeningAHoleOfTheBookNamesItsPage()
    {
        NodeJs.Needed();
        var (exitCode, output, error) = Rabbit("open", "1.3", "--with", "book");
        Assert.True(exitCode == 0, error);
        Assert.Equal(Path.Combine(Repository.Root, "out", "book", "embeddings.html"), output.Trim());
        Assert.True(File.Exists(output.Trim()));
    }

    [Fact]
    public void AnUnknownHoleIsRefusedWithNearNames()
    {
        var (exitCode, _, error) = Rabbit("open", "embedings");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("rabbit: There is no rabbit hole 'embedings'; did you mean embeddings?", error);
    }

    [Fact]
    public void APlannedHoleIsRefusedWithTheWrittenHoles()
    {
        var (exitCode, _, error) = Rabbit("open", "stopping");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("rabbit: The rabbit hole 'stopping' is planned and not written yet; these are written: message,", error);
    }

    [Fact]
    public void AReaderThatIsMissingIsNamed()
    {
        var (exitCode, _, error) = Rabbit("open", "tokens", "--with", "vscode");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("rabbit: There is no VS Code here", error);
    }

    [Fact]
    public void ABookThatWouldOverwriteOtherFilesIsRefused()
    {
        var (exitCode, _, error) = Rabbit("book", "--out", Path.Combine(Repository.Root, "notebooks"));
        Assert.Equal(1, exitCode);
        Assert.Contains("holds files that are not part of a book, and was not changed", error);
    }

    // Without a display and with nothing but Node.js in PATH, no editor or browser opens.
    private static (int ExitCode, string Output, string Error) Rabbit(params string[] arguments)
    {
        var tools = Directory.CreateTempSubdirectory("tools-").FullName;
        try
        {
            foreach (var tool in new[] { "node", "npm", "env", "sh" })
            {
                if (Find(tool) is { } program)
                    File.CreateSymbolicLink(Path.Combine(tools, tool), program);
            }

            return OutsideProgram.Run(Environment.ProcessPath!,
                [Path.Combine(Repository.Root, "bin", "rabbit.dll"), .. arguments], Repository.Root,
                ("PATH", tools), ("DISPLAY", ""), ("WAYLAND_DISPLAY", ""));
        }
        finally
        {
            Directory.Delete(tools, recursive: true);
        }
    }

    private static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
