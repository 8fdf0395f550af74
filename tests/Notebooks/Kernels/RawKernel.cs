using System.Diagnostics;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A kernel process that a test writes to line by line. Disposing ends it.</summary>
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

    /// <summary>The next event of a command; skips events of others.</summary>
    /// <param name="token">The command's token.</param>
    /// <param name="type">The event's type; null for any event that ends the command.</param>
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
