using System.ComponentModel;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Book;

/// <summary>npm and Node.js, which bring the book's libraries and set its formulas.</summary>
internal static class NodeProgram
{
    /// <exception cref="BookException">There is no such program.</exception>
    public static async Task<ProgramResult> RunAsync(
        string program, string[] arguments, string folder, string input, CancellationToken cancellationToken)
    {
        try
        {
            return await ChildProcess.CaptureAsync(program, arguments, folder, input, cancellationToken);
        }
        catch (Win32Exception missing)
        {
            throw new BookException($"There is no {program} in PATH, and the book's libraries need it; " +
                "install Node.js 20 or newer (Debian: sudo apt-get install npm) and run ./rabbit book again.", missing);
        }
    }
}
