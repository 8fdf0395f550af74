using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Proposes how to go on at a place in a cell.</summary>
/// <remarks>
/// Asks the compiler itself what can be seen from there. Roslyn's Recommender would need the session's cells as projects of a
/// workspace beside the compilations that the session has anyway.
/// </remarks>
internal static class Completer
{
    /// <summary>Adds a name after a dot at a line's end, so that the parser does not take the next line's name.</summary>
    private const string Placeholder = "_";

    /// <summary>How many items get their documentation.</summary>
    private const int MostDocumented = 200;

    public static CompletionList Complete(string code, int cursor, CSharpCompilation previous, CancellationToken cancellationToken)
    {
        cursor = Math.Clamp(cursor, 0, code.Length);
        var start = StartOfName(code, cursor);
        var typed = code[start..cursor];
        if (KernelCommandLine.Complete(code, cursor) is { } commands)
            return commands;
        var whole = typed.Length == 0 ? code.Insert(cursor, Placeholder) : code;
        var cell = CellAnalysis.Of(whole, previous, cancellationToken);
        return new CompletionList(start, cursor, IsText(cell.Root, start) ? [] : Propose(cell, start, typed, cancellationToken));
    }

    private static List<CompletionItem> Propose(CellAnalysis cell, int start, string typed, CancellationToken cancellationToken)
    {
        if (Overrides.At(cell, start, cancellationToken) is { } overrides)
            return [.. overrides.Where(item => NameMatch.Of(item.Label, typed) != NameMatch.None)];
        var place = CompletionPlace.Of(cell, start, cancellationToken);
        var symbols = place.Symbols
            .Where(symbol => NameMatch.Of(symbol.Name, typed) != NameMatch.None
                && symbol.CanBeReferencedByName && !SymbolKinds.IsHidden(symbol))
            .GroupBy(symbol => symbol.Name, StringComparer.Ordinal)
            .Select(group => new Proposal(SymbolRank.Of(group.First()), ItemOf(place, [.. group]), group.First()));
        var keywords = place.TakesKeywords
            ? Keywords.All.Select(keyword => new Proposal(SymbolRank.Keyword, new CompletionItem(keyword, "keyword", "")))
            : [];
        return
        [
            .. symbols.Concat(keywords).Concat(Expectations.At(cell, start, cancellationToken)).Concat(
                UnimportedTypes.At(cell, place, typed))
                .Select(proposal => (Proposal: proposal, Match: NameMatch.Of(proposal.Item.Label, typed)))
                .Where(one => one.Match != NameMatch.None)
                .OrderBy(one => one.Match)
                .ThenBy(one => one.Proposal.Rank)
                .ThenBy(one => one.Proposal.Item.Text, StringComparer.OrdinalIgnoreCase)
                .ThenBy(one => one.Proposal.Item.Text, StringComparer.Ordinal)
                .Select(one => one.Proposal)
                .DistinctBy(proposal => proposal.Item.Text, StringComparer.Ordinal)
                .Select((proposal, at) => at < MostDocumented ? Documented(proposal, cell.Compilation, cancellationToken) : proposal.Item),
        ];
    }

    private static CompletionItem ItemOf(CompletionPlace place, IReadOnlyList<ISymbol> overloads)
    {
        // The newest of redeclared variables comes first.
        var symbol = overloads[0];
        var more = symbol is IMethodSymbol && overloads.Count > 1 ? $" (+{overloads.Count - 1})" : "";
        return new CompletionItem(place.TextOf(symbol), SymbolKinds.Of(symbol), SymbolFormat.Declaration(symbol) + more);
    }

    private static CompletionItem Documented(Proposal proposal, Compilation compilation, CancellationToken cancellationToken) =>
        proposal.Symbol is { } symbol and not INamespaceSymbol
            ? proposal.Item with { Documentation = new DocumentationText(asMarkdown: true).Summary(
                SymbolDocumentation.Find(symbol, compilation, cancellationToken)) }
            : proposal.Item;

    private static int StartOfName(string code, int cursor)
    {
        while (cursor > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[cursor - 1]))
            cursor--;
        return cursor;
    }

    /// <summary>Whether the place is inside a comment or a string, where nothing is proposed.</summary>
    private static bool IsText(SyntaxNode root, int start)
    {
        var trivia = root.FindTrivia(start);
        if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && trivia.SpanStart < start)
            return true;
        var token = root.FindToken(start, findInsideTrivia: true);
        return token.SpanStart < start && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.NumericLiteralToken or SyntaxKind.XmlTextLiteralToken
            || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            || token.SpanStart <= start && !token.IsMissing && IsDeclared(token);
    }

    /// <summary>Whether the token is a new name, which cannot be proposed.</summary>
    private static bool IsDeclared(SyntaxToken token) => token.Parent switch
    {
        VariableDeclaratorSyntax declared => declared.Identifier == token
            && declared.Parent is VariableDeclarationSyntax { Type.IsMissing: false },
        ParameterSyntax parameter => parameter.Identifier == token && parameter.Type is { IsMissing: false },
        SingleVariableDesignationSyntax or TypeParameterSyntax => true,
        ForEachStatementSyntax loop => loop.Identifier == token,
        CatchDeclarationSyntax caught => caught.Identifier == token,
        MethodDeclarationSyntax method => method.Identifier == token,
        LocalFunctionStatementSyntax function => function.Identifier == token,
        PropertyDeclarationSyntax property => property.Identifier == token,
        BaseTypeDeclarationSyntax type => type.Identifier == token,
        DelegateDeclarationSyntax type => type.Identifier == token,
        EnumMemberDeclarationSyntax => true,
        _ => false,
    };
}

/// <summary>An item and what it is ranked by.</summary>
/// <param name="Rank">How likely it is meant.</param>
/// <param name="Item">The item.</param>
/// <param name="Symbol">What it names, for its documentation; null when it names nothing.</param>
internal sealed record Proposal(SymbolRank Rank, CompletionItem Item, ISymbol? Symbol = null);
