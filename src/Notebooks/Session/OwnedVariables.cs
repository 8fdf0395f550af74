using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A cell's <c>using var x = ...;</c> outside of any block.</summary>
/// <param name="Keywords">The position of <c>using</c> or <c>await using</c>.</param>
/// <param name="Names">The variables declared.</param>
internal sealed record OwnedVariables(TextSpan Keywords, IReadOnlyList<string> Names)
{
    /// <summary>
    /// C# script does not have this declaration, because its variables outlive the cell. They are declared without the keyword,
    /// and the session disposes them when it ends.
    /// </summary>
    public static IEnumerable<OwnedVariables> In(string code)
    {
        if (!code.Contains("using", StringComparison.Ordinal))
            return [];
        // Parsed as a program, where this declaration is allowed; the rest of the cell parses well enough.
        var program = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest)).GetCompilationUnitRoot();
        return program.Members.OfType<GlobalStatementSyntax>()
            .Select(member => member.Statement)
            .OfType<LocalDeclarationStatementSyntax>()
            .Where(declaration => declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword))
            .Select(declaration => new OwnedVariables(
                TextSpan.FromBounds(declaration.SpanStart, declaration.UsingKeyword.Span.End),
                [.. declaration.Declaration.Variables.Select(variable => variable.Identifier.ValueText)]));
    }
}
