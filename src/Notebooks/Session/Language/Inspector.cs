using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Describes the name at a cursor.</summary>
internal static class Inspector
{
    public static Inspection? Inspect(string code, int cursor, CSharpCompilation previous, CancellationToken cancellationToken)
    {
        var cell = CellAnalysis.Of(code, previous, cancellationToken);
        var node = NodeAt(cell.Root, Math.Clamp(cursor, 0, code.Length));
        var symbols = SymbolsOf(cell, node, cancellationToken);
        if (symbols is not [var first, ..])
            return null;
        var more = symbols.Length > 1 ? $" (+ {symbols.Length - 1} {(symbols.Length == 2 ? "overload" : "overloads")})" : "";
        var xml = symbols.Select(symbol => SymbolDocumentation.Find(symbol, cell.Compilation, cancellationToken))
            .FirstOrDefault(found => found is not null);
        return new Inspection(
            SymbolFormat.Declaration(first) + more, new DocumentationText(asMarkdown: false).Of(xml),
            new DocumentationText(asMarkdown: true).Of(xml))
        {
            Start = node!.SpanStart,
            End = node.Span.End,
        };
    }

    /// <summary>The symbol, or all overloads when the code does not choose one.</summary>
    private static ImmutableArray<ISymbol> SymbolsOf(CellAnalysis cell, SyntaxNode? node, CancellationToken cancellationToken)
    {
        for (var one = node; one is not null and not StatementSyntax and not MemberDeclarationSyntax; one = one.Parent)
        {
            var found = SymbolsOf(one, cell.Model, cancellationToken);
            if (found.Length > 0)
                return found;
            if (one is LambdaExpressionSyntax or BaseArgumentListSyntax { Parent: not InvocationExpressionSyntax })
                break;
        }

        return node is null ? [] : Declared(node, cell.Model, cancellationToken);
    }

    /// <summary>The name at or before the cursor, else the name of the call around it.</summary>
    private static SyntaxNode? NodeAt(SyntaxNode root, int cursor)
    {
        var token = root.FindToken(cursor);
        if (cursor > 0 && !IsNamed(token))
            token = root.FindToken(cursor - 1);
        if (IsNamed(token))
            return token.Parent;
        return token.Parent?.FirstAncestorOrSelf<ArgumentListSyntax>()?.Parent switch
        {
            InvocationExpressionSyntax call => NameOf(call.Expression),
            ObjectCreationExpressionSyntax created => created,
            _ => null,
        };
    }

    private static bool IsNamed(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsPredefinedType(token.Kind()) || token.IsKind(SyntaxKind.ThisKeyword);

    private static ExpressionSyntax NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => called,
    };

    private static ImmutableArray<ISymbol> SymbolsOf(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node is not (ExpressionSyntax or AttributeSyntax or ConstructorInitializerSyntax))
            return [];
        var info = model.GetSymbolInfo(node, cancellationToken);
        if (info.Symbol is { } one)
            return [one];
        return info.CandidateSymbols.Length > 0 ? info.CandidateSymbols : model.GetMemberGroup(node, cancellationToken);
    }

    private static ImmutableArray<ISymbol> Declared(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDeclaredSymbol(node, cancellationToken) is { } declared ? [declared] : [];
}

/// <summary>A description of the code at a cursor.</summary>
/// <param name="Signature">Its declaration, as C#.</param>
/// <param name="Documentation">What its author says about it, as plain text; empty when nothing was found.</param>
/// <param name="MarkdownDocumentation">The same as Markdown.</param>
public sealed record Inspection(string Signature, string Documentation, string MarkdownDocumentation)
{
    /// <summary>Where the piece starts, in UTF-16 units.</summary>
    public int Start { get; init; }

    /// <summary>Behind its end.</summary>
    public int End { get; init; }

    /// <summary>All of it as text/plain.</summary>
    public string PlainText => Documentation.Length == 0 ? Signature : $"{Signature}\n\n{Documentation}";

    /// <summary>All of it as text/markdown.</summary>
    public string Markdown => MarkdownDocumentation.Length == 0
        ? $"```csharp\n{Signature}\n```"
        : $"```csharp\n{Signature}\n```\n\n{MarkdownDocumentation}";
}
