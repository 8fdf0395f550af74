using System.Diagnostics;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A kernel process, spoken to line by line as a stranger might. Disposing ends it.</summary>
internal sealed class RawKernel : IDisposable
{
    private readonly Process _process;

    private RawKernel(Process process) => _process = process;

    public static RawKernel Start(params string[] more)
    {
        var command = KernelProgram.Default;
        return new RawKernel(Process.Start(new ProcessStartInfo(command.Program, [.. command.Arguments, .. more])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next event of a command, which the others are skipped for.</summary>
    /// <param name="token">Whose.</param>
    /// <param name="type">Of which type; null: any that says how the command ended.</param>
    public async Task<JsonNode> ReadEventAsync(string token, string? type = null)
    {
        while (true)
        {
            var one = JsonNode.Parse(await ReadLineAsync())!;
            var (kind, owner) = ((string?)one["eventType"], (string?)one["command"]?["token"]);
            if (owner == token && (type is null ? kind is "CommandSucceeded" or "CommandFailed" : kind == type))
                return one;
        }
    }

    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
        ?? throw new EndOfStreamException("The kernel ended.");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
