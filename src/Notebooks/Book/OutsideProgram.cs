using System.ComponentModel;
using System.Diagnostics;

namespace LlmRabbitHoles.Notebooks.Book;

/// <summary>How a run of another program ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);

/// <summary>Runs npm and Node.js.</summary>
internal static class OutsideProgram
{
    /// <exception cref="BookException">There is no such program.</exception>
    public static async Task<ProgramResult> RunAsync(string program, string[] arguments, string folder, string input, CancellationToken cancellation)
    {
        using var process = Start(program, arguments, folder);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await FeedAsync(process, input);
            await process.WaitForExitAsync(cancellation);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(string program, string[] arguments, string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception missing)
        {
            throw new BookException($"There is no {program} in PATH, which the book's libraries come by; install Node.js 20 or newer (Debian: sudo apt-get install npm) and run ./rabbit book again.", missing);
        }
    }

    // A program that ended at once closes the pipe; what it said tells why.
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
}
