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
    /// <summary>Makes a whole name of nothing behind a dot, so that the parser does not look for one on the next line.</summary>
    private const string Placeholder = "_";

    public static CompletionList Complete(string code, int cursor, CSharpCompilation previous, CancellationToken cancellation)
    {
        cursor = Math.Clamp(cursor, 0, code.Length);
        var start = StartOfName(code, cursor);
        var typed = code[start..cursor];
        if (KernelCommandLine.Complete(code, cursor) is { } commands)
            return commands;
        var whole = typed.Length == 0 ? code.Insert(cursor, Placeholder) : code;
        var cell = CellAnalysis.Of(whole, previous, cancellation);
        return new CompletionList(start, cursor, IsText(cell.Root, start) ? [] : Propose(cell, start, typed, cancellation));
    }

    private static List<CompletionItem> Propose(CellAnalysis cell, int start, string typed, CancellationToken cancellation)
    {
        var place = CompletionPlace.Of(cell, start, cancellation);
        var symbols = place.Symbols
            .Where(symbol => Matches(symbol.Name, typed) && symbol.CanBeReferencedByName && !SymbolKinds.IsHidden(symbol))
            .GroupBy(symbol => symbol.Name, StringComparer.Ordinal)
            .Select(group => (Rank: SymbolRank.Of(group.First()), Item: ItemOf(place, [.. group])));
        var keywords = place.TakesKeywords
            ? Keywords.All.Where(keyword => Matches(keyword, typed)).Select(keyword => (Rank: SymbolRank.Keyword, Item: new CompletionItem(keyword, "keyword", "")))
            : [];
        return
        [
            .. symbols.Concat(keywords)
                .OrderBy(proposal => proposal.Item.Text.StartsWith(typed, StringComparison.Ordinal) ? 0 : 1)
                .ThenBy(proposal => proposal.Rank)
                .ThenBy(proposal => proposal.Item.Text, StringComparer.OrdinalIgnoreCase)
                .ThenBy(proposal => proposal.Item.Text, StringComparer.Ordinal)
                .Select(proposal => proposal.Item)
                .DistinctBy(item => item.Text, StringComparer.Ordinal),
        ];
    }

    private static CompletionItem ItemOf(CompletionPlace place, IReadOnlyList<ISymbol> overloads)
    {
        // Of a variable that was declared anew the newest comes first.
        var symbol = overloads[0];
        var more = symbol is IMethodSymbol && overloads.Count > 1 ? $" (+{overloads.Count - 1})" : "";
        return new CompletionItem(place.TextOf(symbol), SymbolKinds.Of(symbol), SymbolFormat.Declaration(symbol) + more);
    }

    private static bool Matches(string name, string typed) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static int StartOfName(string code, int cursor)
    {
        while (cursor > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[cursor - 1]))
            cursor--;
        return cursor;
    }

    /// <summary>Whether the place is inside of a comment or a text, where nothing is to be proposed.</summary>
    private static bool IsText(SyntaxNode root, int start)
    {
        var trivia = root.FindTrivia(start);
        if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && trivia.SpanStart < start)
            return true;
        var token = root.FindToken(start, findInsideTrivia: true);
        return token.SpanStart < start && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.NumericLiteralToken or SyntaxKind.XmlTextLiteralToken
            || token.Parent is VariableDeclaratorSyntax declared && declared.Identifier == token && !token.IsMissing
                && declared.Parent is VariableDeclarationSyntax { Type.IsMissing: false };
    }
}
