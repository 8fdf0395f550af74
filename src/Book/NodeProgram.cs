using System.ComponentModel;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Book;

/// <summary>Runs npm and Node.js, which install the book's libraries and typeset its formulas.</summary>
internal static class NodeProgram
{
    /// <exception cref="BookException">The program is not in PATH.</exception>
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
