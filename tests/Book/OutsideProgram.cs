using System.Diagnostics;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>Runs programs for tests.</summary>
internal static class OutsideProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static (int ExitCode, string Output, string Error) Run(
        string program, IEnumerable<string> arguments, string folder, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(Patience))
            return (process.ExitCode, output.Result, error.Result);
        process.Kill(entireProcessTree: true);
        return (-1, "", $"{program} took more than {Patience.TotalMinutes} minutes.");
    }
}
