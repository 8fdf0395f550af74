using System.ComponentModel;
using System.Diagnostics;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>The result of running another program.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Everything it wrote to stdout.</param>
/// <param name="Error">Everything it wrote to stderr.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);

/// <summary>Runs other programs to their end. KernelClient runs kernels, which need a dialogue.</summary>
internal static class ChildProcess
{
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>The full path of the first of the programs that is in PATH; null when none is.</summary>
    /// <param name="programs">Names without a folder; Windows adds .exe and .cmd.</param>
    public static string? InPath(params string[] programs) => (
        from program in programs
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from ending in Endings
        let file = Path.Combine(folder, program + ending)
        where File.Exists(file)
        select file).FirstOrDefault();

    /// <summary>Runs a program and captures its output. Cancelling ends it and its child processes.</summary>
    /// <param name="program">A name in PATH, or a path.</param>
    /// <param name="arguments">Each as one argument.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="input">What it reads from stdin, which then ends.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="environment">Changes the program's environment variables.</param>
    /// <exception cref="Win32Exception">The program does not exist.</exception>
    public static async Task<ProgramResult> CaptureAsync(
        string program, IEnumerable<string> arguments, string folder, string input, CancellationToken cancellationToken,
        Action<IDictionary<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        environment?.Invoke(start.Environment);
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (
                process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await FeedAsync(process, input);
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Runs a program on this terminal until it ends. Cancelling ends it and its child processes.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="Win32Exception">The program does not exist.</exception>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder })!;
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        finally
        {
            End(process);
        }
    }

    // A program that ends at once closes the pipe; its own output says why.
    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
    }
}
