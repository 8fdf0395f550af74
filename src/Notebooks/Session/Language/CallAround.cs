using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>The innermost call whose brackets contain a cursor.</summary>
/// <param name="Node">The call, creation, access or attribute.</param>
/// <param name="Arguments">Its arguments, in the order in which they stand.</param>
/// <param name="Active">The index of the argument with the cursor; the argument count when the cursor follows a final comma.</param>
internal sealed record CallAround(SyntaxNode Node, ImmutableArray<SyntaxNode> Arguments, int Active)
{
    /// <returns>Null when the cursor is not inside a call, or is in the body of a function that is an argument.</returns>
    public static CallAround? Of(SyntaxNode root, int cursor)
    {
        var token = root.FindToken(Math.Max(cursor - 1, 0));
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            if (node is BlockSyntax or InitializerExpressionSyntax or CollectionExpressionSyntax
                && node.Span.Start < cursor && cursor < node.Span.End)
                return null;
            if (node is BaseArgumentListSyntax or AttributeArgumentListSyntax && node.Parent is { } call && IsBetweenBrackets(node, cursor))
                return Of(call, node, cursor);
        }

        return null;
    }

    /// <summary>The parameter that the active argument is for; the number of parameters when there are fewer.</summary>
    public int ParameterOf(Overload overload) => ParameterOf(overload, Active);

    /// <summary>The names of the arguments that have one.</summary>
    public IEnumerable<string> Names => Arguments.Select(NameOf).OfType<string>();

    /// <summary>The type of the parameter that the active argument is for.</summary>
    public ITypeSymbol? ExpectedType(Overload overload) =>
        ParameterOf(overload) is var at && at < overload.Parameters.Length ? overload.Parameters[at].Type : null;

    /// <summary>How well the overload fits the arguments; negative when it has too few parameters or lacks a named one.</summary>
    public int FitOf(Overload overload, SemanticModel model)
    {
        var fit = Arguments.Length > 0 && ParameterOf(overload) == overload.Parameters.Length ? -1 : 0;
        for (var i = 0; i < Arguments.Length && fit >= 0; i++)
        {
            var parameter = ParameterOf(overload, i);
            fit = parameter == overload.Parameters.Length ? -1 : fit + FitOf(Arguments[i], overload.Parameters[parameter], model);
        }

        return fit;
    }

    private static int FitOf(SyntaxNode argument, IParameterSymbol parameter, SemanticModel model)
    {
        if (ValueOf(argument) is not { IsMissing: false } value)
            return 0;
        var conversion = model.ClassifyConversion(value, parameter.Type);
        return conversion.IsIdentity ? 2 : conversion.IsImplicit ? 1 : 0;
    }

    private int ParameterOf(Overload overload, int argument)
    {
        var parameters = overload.Parameters;
        if (argument < Arguments.Length && NameOf(Arguments[argument]) is { } name)
        {
            var named = Array.FindIndex([.. parameters], parameter => parameter.Name == name);
            return named < 0 ? parameters.Length : named;
        }

        return parameters is [.., { IsParams: true }] ? Math.Min(argument, parameters.Length - 1) : Math.Min(argument, parameters.Length);
    }

    private static CallAround Of(SyntaxNode call, SyntaxNode list, int cursor)
    {
        var arguments = list.ChildNodes().Where(argument => argument.Span.Length > 0).ToImmutableArray();
        var active = list.ChildTokens().Count(token => token.IsKind(SyntaxKind.CommaToken) && token.Span.End <= cursor);
        return new CallAround(call, arguments, active);
    }

    private static bool IsBetweenBrackets(SyntaxNode list, int cursor)
    {
        var (open, close) = (list.GetFirstToken(includeZeroWidth: true), list.GetLastToken(includeZeroWidth: true));
        return !open.IsMissing && open.Span.End <= cursor && (close.IsMissing || cursor <= close.SpanStart);
    }

    private static string? NameOf(SyntaxNode argument) => argument switch
    {
        ArgumentSyntax { NameColon: { } name } => name.Name.Identifier.ValueText,
        AttributeArgumentSyntax { NameColon: { } name } => name.Name.Identifier.ValueText,
        _ => null,
    };

    private static ExpressionSyntax? ValueOf(SyntaxNode argument) =>
        (argument as ArgumentSyntax)?.Expression ?? (argument as AttributeArgumentSyntax)?.Expression;
}
