using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A cell's code as the C# compiler can read it, position by position the same.</summary>
internal static class CellSource
{
    private const string CommandMark = "#!";

    /// <summary>C# script of the latest version, with its document comments.</summary>
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    /// <summary>What a line for the kernel may say.</summary>
    public static IReadOnlyList<string> Commands { get; } = ["#!csharp", "#!time", "#!who", "#!whos"];

    /// <summary>Blanks stand where the kernel's own lines, <c>#!time</c>, and the <c>using</c> of top-level declarations were.</summary>
    public static string ForCompiler(string code)
    {
        var withoutCommands = Blank(code, CommandLines(code));
        return Blank(withoutCommands, OwnedVariables.In(withoutCommands).Select(owned => owned.Keywords));
    }

    /// <summary>Whether a line is one for the kernel.</summary>
    public static bool IsCommand(ReadOnlySpan<char> line) => line.TrimStart().StartsWith(CommandMark, StringComparison.Ordinal);

    /// <summary>The lines for the kernel, without their ends.</summary>
    public static IEnumerable<TextSpan> CommandLines(string code) => code.Contains(CommandMark, StringComparison.Ordinal)
        ? SourceText.From(code).Lines.Select(line => line.Span).Where(line => IsCommand(code.AsSpan(line.Start, line.Length)))
        : [];

    /// <summary>The same code with blanks in place of some of it.</summary>
    public static string Blank(string code, IEnumerable<TextSpan> spans)
    {
        char[]? text = null;
        foreach (var span in spans)
            Array.Fill(text ??= code.ToCharArray(), ' ', span.Start, span.Length);
        return text is null ? code : new string(text);
    }
}
