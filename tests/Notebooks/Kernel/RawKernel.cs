using System.Diagnostics;
using LlmRabbitHoles.Notebooks.Kernel;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A kernel process, spoken to line by line as a stranger might. Disposing ends it.</summary>
internal sealed class RawKernel : IDisposable
{
    private readonly Process _process;

    private RawKernel(Process process) => _process = process;

    public static RawKernel Start()
    {
        var command = KernelCommand.Default;
        return new RawKernel(Process.Start(new ProcessStartInfo(command.Program, command.Arguments)
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

    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
        ?? throw new EndOfStreamException("The kernel ended.");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
