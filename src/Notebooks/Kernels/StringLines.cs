using LlmRabbitHoles.Notebooks.Session;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>Keeps lines of a C# text or comment that begin with <c>#</c> from being taken for lines for the kernel.</summary>
/// <remarks>
/// .NET Interactive splits a cell at every such line before a kernel sees it, whatever stands around it. So a mark that no text has, the
/// noncharacter U+FDD0, is put in front of the line, and the kernel takes it away again.
/// </remarks>
internal static class StringLines
{
    private const string Mark = "\uFDD0";
    private const string Command = "#";

    /// <summary>The cell with its marks.</summary>
    public static string Protect(string code)
    {
        if (!code.Contains($"\n{Command}", StringComparison.Ordinal) || CellDepth.IsTooDeep(code))
            return code;
        foreach (var line in CellSource.LinesThatBegin(code, Command, inText: true).Reverse().ToList())
            code = code.Insert(line.Start, Mark);
        return code;
    }

    /// <summary>The cell as it was before.</summary>
    public static string Restore(string code) => code.Replace($"{Mark}{Command}", Command, StringComparison.Ordinal);
}
