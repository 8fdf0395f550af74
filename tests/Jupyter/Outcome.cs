using System.Diagnostics;

namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>The result of a program.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>The message of a failed assertion.</summary>
    public string Story => $"exit code {ExitCode}\n{Output}\n{Error}";

    /// <summary>Runs a program of the system's; Debian's own Python comes before any other.</summary>
    public static Outcome Of(
        TimeSpan patience, string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        using var process = Start(folder, environment, program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            return new Outcome(-1, output.Result, $"{error.Result}\n{program} took more than {patience.TotalSeconds} s.");
        }

        return new Outcome(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a program with redirected streams.</summary>
    public static Process Start(
        string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"/usr/bin:/bin:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
