using System.Buffers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Refuses a cell whose nesting is so deep that the compiler would end the process.</summary>
/// <remarks>
/// The compiler parses brackets recursively. It guards its stack in most places, but not where it reads types, and
/// a few thousand open brackets take minutes. A stack overflow cannot be caught, so brackets are counted first.
/// </remarks>
internal static class CellDepth
{
    /// <summary>How many brackets may be open at once.</summary>
    public const int MostOpen = 256;

    /// <summary>The deepest nesting of syntax that the compiler is asked to analyse.</summary>
    public const int MostLevels = 1000;

    /// <summary>
    /// How many brackets one interpolated string may open. It is a single token here, so closing brackets cannot be counted.
    /// </summary>
    private const int MostInString = 1024;

    /// <summary>For the lexer, which calls itself for a bracket in a hole of a string.</summary>
    private const int StackBytes = 16 * 1024 * 1024, StackBytesPerBracket = 1024, MostStackBytes = 1 << 30;

    private static readonly SearchValues<char> Openers = SearchValues.Create("([{<");

#pragma warning disable RS2008 // This is a message of the kernel, not a rule of an analyzer.
    private static readonly DiagnosticDescriptor TooDeep =
        new("depth", "Nesting", "{0}", "Kernel", DiagnosticSeverity.Error, isEnabledByDefault: true);
#pragma warning restore RS2008

    /// <summary>Whether too many brackets are open at once.</summary>
    public static bool IsTooDeep(string code) => Deepest(code) is not null;

    /// <exception cref="CompilationErrorException">Too many brackets are open at once. The message names the place.</exception>
    public static void Check(string code)
    {
        if (Deepest(code) is { } token)
        {
            throw Refused(
                Location.Create("", token.Span, SourceText.From(code).Lines.GetLinePositionSpan(token.Span)),
                $"at most {MostOpen} brackets may be open at once");
        }
    }

    /// <exception cref="CompilationErrorException">The tree has more than <see cref="MostLevels"/> levels.</exception>
    public static void Check(SyntaxNode root)
    {
        if (root.FullSpan.Length <= MostLevels)
            return;
        var open = new Stack<(SyntaxNode Node, int Level)>([(root, 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Level > MostLevels)
                throw Refused(next.Node.GetLocation(), $"at most {MostLevels} levels of nesting are allowed");
            foreach (var child in next.Node.ChildNodes())
                open.Push((child, IsOneLevel(next.Node, child) ? next.Level : next.Level + 1));
        }
    }

    /// <summary>
    /// Whether the compiler goes from one to the other without calling itself:
    /// long sums, and <c>else if</c> after <c>else if</c>.
    /// </summary>
    private static bool IsOneLevel(SyntaxNode parent, SyntaxNode child) =>
        parent is BinaryExpressionSyntax && child is BinaryExpressionSyntax || child is ElseClauseSyntax || parent is ElseClauseSyntax;

    private static CompilationErrorException Refused(Location place, string limit) =>
        new("", [Diagnostic.Create(TooDeep, place, $"Code is nested too deeply here: {limit}. Split the cell, or name parts of it.")]);

    private static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = text.IndexOfAny(Openers); at >= 0; at = text.IndexOfAny(Openers))
        {
            count++;
            text = text[(at + 1)..];
        }

        return count;
    }

    /// <summary>The first token that is nested too deeply; null when there is none.</summary>
    private static SyntaxToken? Deepest(string code)
    {
        var openers = Count(code);
        if (openers <= MostOpen)
            return null;
        SyntaxToken? deepest = null;
        var stack = Math.Min(StackBytes + (long)openers * StackBytesPerBracket, MostStackBytes);
        var lexing = new Thread(() => deepest = FirstTooDeep(code), (int)stack);
        lexing.Start();
        lexing.Join();
        return deepest;
    }

    private static SyntaxToken? FirstTooDeep(string code)
    {
        var (brackets, angles) = (0, 0);
        // Document comments as plain ones: their parser calls itself for every tag.
        foreach (var token in SyntaxFactory.ParseTokens(
            code, options: CellSource.ParseOptions.WithDocumentationMode(DocumentationMode.None)))
        {
            if (token.HasLeadingTrivia && IsTooDeep(token.LeadingTrivia))
                return token;
            switch (token.Kind())
            {
                case SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.OpenBraceToken:
                    brackets++;
                    break;
                case SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken or SyntaxKind.CloseBraceToken:
                    brackets = Math.Max(brackets - 1, 0);
                    break;
                case SyntaxKind.LessThanToken:
                    angles++;
                    break;
                case SyntaxKind.GreaterThanToken:
                    angles = Math.Max(angles - 1, 0);
                    break;
                case SyntaxKind.InterpolatedStringToken when Count(token.Text) > MostInString:
                    return token;
            }

            angles = MayStandInType(token) ? angles : 0;
            if (brackets > MostOpen || angles > MostOpen)
                return token;
        }

        return null;
    }

    /// <summary>Whether the tags or brackets of a documentation comment are nested too deeply.</summary>
    private static bool IsTooDeep(SyntaxTriviaList comments)
    {
        var (tags, brackets) = (0, 0);
        foreach (var comment in comments.Select(one => one.ToString()).Where(
            text => text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal)))
        {
            for (var i = 3; i < comment.Length && tags <= MostOpen && brackets <= MostOpen; i++)
            {
                var closes = comment[i] is '<'
                    ? i + 1 < comment.Length && comment[i + 1] == '/'
                    : comment[i] is '>' && comment[i - 1] == '/';
                tags = Math.Max(tags + (closes ? -1 : comment[i] is '<' ? 1 : 0), 0);
                brackets = Math.Max(brackets + (comment[i] is '(' or '[' or '{' ? 1 : comment[i] is ')' or ']' or '}' ? -1 : 0), 0);
            }
        }

        return tags > MostOpen || brackets > MostOpen;
    }

    /// <summary>Whether an open <c>&lt;</c> before the token can still be that of a type's arguments rather than a comparison.</summary>
    private static bool MayStandInType(SyntaxToken token) => SyntaxFacts.IsPredefinedType(token.Kind()) || token.Kind()
        is SyntaxKind.IdentifierToken or SyntaxKind.LessThanToken or SyntaxKind.GreaterThanToken or SyntaxKind.CommaToken
            or SyntaxKind.DotToken
        or SyntaxKind.QuestionToken or SyntaxKind.AsteriskToken or SyntaxKind.ColonColonToken or SyntaxKind.OpenParenToken
            or SyntaxKind.CloseParenToken
        or SyntaxKind.OpenBracketToken or SyntaxKind.CloseBracketToken or SyntaxKind.DelegateKeyword or SyntaxKind.RefKeyword;
}
