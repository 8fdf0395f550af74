using System.Diagnostics;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>
/// The notebooks run unchanged in the archived .NET Interactive, a tool on
/// NuGet, which the same client starts as it starts our kernel.
/// </summary>
public sealed class ArchivedToolTests
{
    private const string Version = "1.0.712001";
    private static readonly string Folder = Path.Combine(Repository.Root, ".rabbit", $"dotnet-interactive-{Version}");
    private static readonly Lazy<Task<string?>> Refusal = new(InstallAsync);

    [Theory]
    [MemberData(nameof(SeriesNotebooks.All), MemberType = typeof(SeriesNotebooks))]
    public async Task ANotebookRunsToItsEnd(string path)
    {
        if (await Refusal.Value is { } refusal)
            Assert.Skip($"dotnet-interactive {Version} can't be installed: {refusal}");
        var file = Path.Combine(Repository.Root, path);
        var folder = Path.GetDirectoryName(file)!;
        // Another host asks for torch_cpu by its bare name.
        var native = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = Path.Combine(
            Repository.Root, "bin", "runtimes", "linux-x64", "native") };
        await using var tool = KernelClient.Start(
            new KernelProgram(Path.Combine(Folder, "dotnet-interactive"), ["stdio", "--working-dir", folder]), folder, native);
        foreach (var (index, cell) in NotebookReader.Read(file).CodeCells.Where(cell => !cell.IsEmpty).Index())
        {
            var errors = new List<CellOutput>();
            var ran = await tool.ExecuteAsync(
                $"cell{index}", cell.Source, errors.Add, cell.Language ?? "csharp", TestContext.Current.CancellationToken);
            Assert.True(ran, $"cell {index + 1}: {string.Join('\n', errors.OfType<ErrorOutput>().Select(error => error.Value))}");
        }
    }

    /// <returns>Why it cannot be installed; null when it is installed.</returns>
    private static async Task<string?> InstallAsync()
    {
        if (File.Exists(Path.Combine(Folder, "dotnet-interactive")))
            return null;
        using var install = Process.Start(new ProcessStartInfo(
            KernelProgram.DotNet, ["tool", "install", "Microsoft.dotnet-interactive", "--version", Version, "--tool-path", Folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(install.StandardOutput.ReadToEndAsync(), install.StandardError.ReadToEndAsync());
        await install.WaitForExitAsync();
        return install.ExitCode == 0 ? null : string.Concat(said).Trim();
    }
}
