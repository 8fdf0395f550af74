using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A cell's code in a form that the C# compiler can read, with the same positions.</summary>
internal static partial class CellSource
{
    private const string CommandMark = "#!";

    /// <summary>C# script of the latest version, with its document comments.</summary>
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    /// <summary>The commands of lines for the kernel.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        "#!about", "#!csharp", "#!html", "#!import", "#!javascript", "#!lsmagic", "#!markdown", "#!mermaid", "#!set", "#!share", "#!time",
        "#!value", "#!who", "#!whos",
    ];

    /// <summary>Blanks stand where the kernel's own lines, <c>#!time</c>, and the <c>using</c> of top-level declarations were.</summary>
    /// <exception cref="CompilationErrorException">The code is nested too deeply for the compiler.</exception>
    public static string ForCompiler(string code)
    {
        CellDepth.Check(code);
        var withoutCommands = Blank(code, CommandLines(code));
        return Blank(withoutCommands, OwnedVariables.In(withoutCommands).Select(owned => owned.Keywords));
    }

    /// <summary>Whether a line outside strings and comments is a line for the kernel.</summary>
    public static bool IsCommand(ReadOnlySpan<char> line) => line.StartsWith(CommandMark, StringComparison.Ordinal);

    /// <summary>Whether some of a cell is in another language than C#.</summary>
    public static bool HasOtherLanguage(string code) => OtherLanguage().IsMatch(code);

    /// <summary>The lines for the kernel, without their ends.</summary>
    public static IEnumerable<TextSpan> CommandLines(string code) => code.Contains(CommandMark, StringComparison.Ordinal)
        ? LinesThatBegin(code, CommandMark, inText: false)
        : [];

    /// <summary>The lines that begin with a mark, either inside strings and comments of several lines or outside them.</summary>
    public static IEnumerable<TextSpan> LinesThatBegin(string code, string mark, bool inText)
    {
        var root = CSharpSyntaxTree.ParseText(code, ParseOptions).GetRoot();
        return SourceText.From(code).Lines.Select(line => line.Span)
            .Where(line => code.AsSpan(line.Start, line.Length).StartsWith(mark, StringComparison.Ordinal)
                && IsInText(root, line.Start) == inText);
    }

    private static bool IsInText(SyntaxNode root, int start)
    {
        if (start >= root.FullSpan.End)
            return false;
        var token = root.FindToken(start);
        if (token.SpanStart < start)
            return start < token.Span.End;
        var trivia = root.FindTrivia(start);
        return trivia.Kind() is SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
            && trivia.SpanStart < start;
    }

    /// <summary>The same code with blanks in place of some of it.</summary>
    public static string Blank(string code, IEnumerable<TextSpan> spans)
    {
        char[]? text = null;
        foreach (var span in spans)
            Array.Fill(text ??= code.ToCharArray(), ' ', span.Start, span.Length);
        return text is null ? code : new string(text);
    }

    [GeneratedRegex(@"^#!(html|javascript|js|markdown|md|mermaid|value)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex OtherLanguage();
}
