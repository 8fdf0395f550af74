using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Distinguishes an unfinished cell from a wrong one.</summary>
/// <remarks>
/// A cell is unfinished when its first error is at its end. Roslyn's IsCompleteSubmission checks only whether the end is
/// wrong, and ignores earlier errors.
/// </remarks>
internal static class CompletenessCheck
{
    private const int IndentSize = 4;

    /// <summary>
    /// Errors for unclosed constructs, reported at their start: comments, verbatim and raw strings, <c>#if</c>, <c>#region</c>.
    /// </summary>
    private static readonly string[] OpenEnded = ["CS1035", "CS1039", "CS8997", "CS1027", "CS1038"];

    public static Completeness Of(string code)
    {
        try
        {
            return Of(CSharpSyntaxTree.ParseText(CellSource.ForCompiler(code), CellSource.ParseOptions));
        }
        catch (CompilationErrorException)
        {
            // Nested too deeply: what follows can only add to it.
            return new Completeness(CompletenessStatus.Invalid, "");
        }
    }

    private static Completeness Of(SyntaxTree tree)
    {
        var first = tree.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .MinBy(error => error.Location.SourceSpan.Start);
        if (first is null)
            return new Completeness(CompletenessStatus.Complete, "");
        return OpenEnded.Contains(first.Id) || IsAtEnd(first, tree)
            ? new Completeness(CompletenessStatus.Incomplete, new string(' ', IndentSize * Depth(tree)))
            : new Completeness(CompletenessStatus.Invalid, "");
    }

    private static bool IsAtEnd(Diagnostic error, SyntaxTree tree)
    {
        var last = tree.GetRoot().GetLastToken(includeSkipped: true);
        return !last.IsKind(SyntaxKind.None) && error.Location.SourceSpan.Start >= last.Span.End;
    }

    /// <summary>How many braces are open at the end.</summary>
    private static int Depth(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing))
            depth += token.Kind() switch { SyntaxKind.OpenBraceToken => 1, SyntaxKind.CloseBraceToken => -1, _ => 0 };
        return Math.Max(depth, 0);
    }
}

/// <summary>Whether a cell can run as it is. A console asks this when Enter is pressed.</summary>
/// <param name="Status">The answer.</param>
/// <param name="Indent">Blanks for the next line of an incomplete cell; empty otherwise.</param>
public sealed record Completeness(CompletenessStatus Status, string Indent);

/// <summary>The answers to the question whether a cell can be run.</summary>
public enum CompletenessStatus
{
    /// <summary>It parses.</summary>
    Complete,

    /// <summary>It could still become a cell that parses.</summary>
    Incomplete,

    /// <summary>Whatever follows, it will not parse.</summary>
    Invalid,
}
