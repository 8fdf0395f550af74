using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Tells a cell that is not finished from one that is wrong.</summary>
/// <remarks>
/// One is not finished when the first thing that is wrong with it is its end. Roslyn's IsCompleteSubmission asks only whether the end is
/// wrong, whatever stands before it.
/// </remarks>
internal static class CompletenessCheck
{
    private const int IndentSize = 4;

    /// <summary>
    /// What opens and is not closed, reported where it opens: a comment, a verbatim and a raw string, <c>#if</c>, <c>#region</c>.
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
