using LlmRabbitHoles.Notebooks.Session;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>Protects lines in C# strings and comments that begin with <c>#</c> from being read as lines for the kernel.</summary>
/// <remarks>
/// .NET Interactive splits a cell at every such line before a kernel sees it, whatever stands around it. So a mark that no text has, the
/// noncharacter U+FDD0, is put in front of the line, and the kernel takes it away again.
/// </remarks>
internal static class StringLines
{
    private const string Mark = "\uFDD0";
    private const string Command = "#";

    /// <summary>The cell with the marks.</summary>
    public static string Protect(string code)
    {
        if (!code.Contains($"\n{Command}", StringComparison.Ordinal) || CellDepth.IsTooDeep(code))
            return code;
        foreach (var line in CellSource.LinesThatBegin(code, Command, inText: true).Reverse().ToList())
            code = code.Insert(line.Start, Mark);
        return code;
    }

    /// <summary>The cell without the marks.</summary>
    public static string Restore(string code) => code.Replace($"{Mark}{Command}", Command, StringComparison.Ordinal);
}
