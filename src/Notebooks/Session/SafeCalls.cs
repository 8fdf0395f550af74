using System.Text.RegularExpressions;
using LlmRabbitHoles.Devices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>
/// Replaces members of TorchSharp that end the process on a wrong argument by the engine's checked calls, so that a
/// cell gets an error and the session survives. Line numbers do not change.
/// </summary>
/// <remarks>tests/Engine/Devices/WrongCallTests.cs finds these members.</remarks>
internal sealed partial class SafeCalls : CSharpSyntaxRewriter
{
    private const string Torch = "TorchSharp.torch";

    private static readonly Dictionary<string, (Type Type, string Method)> StandIns = new(StringComparer.Ordinal)
    {
        ["matmul"] = (typeof(MatrixProduct), nameof(MatrixProduct.Product)),
        ["cummax"] = (typeof(CheckedCalls), nameof(CheckedCalls.CumulativeMaximum)),
        ["cummin"] = (typeof(CheckedCalls), nameof(CheckedCalls.CumulativeMinimum)),
    };

    // These have too many overloads to replace, so the check follows the tensor.
    private static readonly Dictionary<string, (Type Type, string Method)> Checks = new(StringComparer.Ordinal)
    {
        ["var"] = (typeof(CheckedCalls), nameof(CheckedCalls.ForVariance)),
    };

    private static readonly Lazy<MetadataReference> Engine = new(
        () => MetadataReference.CreateFromFile(typeof(MatrixProduct).Assembly.Location));

    private readonly SemanticModel _model;

    private SafeCalls(SemanticModel model) => _model = model;

    /// <summary>The assembly of the checked calls, for cells that do not reference it themselves.</summary>
    public static MetadataReference Library => Engine.Value;

    /// <summary>The import for the checked calls, which are extension methods of tensors.</summary>
    public static string Namespace { get; } = typeof(MatrixProduct).Namespace!;

    /// <summary>Whether the code names such a member on any type. The <c>var</c> of <c>var x</c> does not count.</summary>
    public static bool MayBeNeeded(string code) => Names().IsMatch(code);

    /// <summary>The code of a cell with checked calls; unchanged when it has no such calls.</summary>
    /// <param name="cell">The cell, compiled with what it refers to.</param>
    /// <param name="tree">Its code.</param>
    public static string Insert(CSharpCompilation cell, SyntaxTree tree) =>
        new SafeCalls(cell.GetSemanticModel(tree)).Visit(tree.GetRoot()).ToFullString();

    /// <summary>
    /// x.matmul, called or passed on, becomes x.Product, and x.var becomes x.ForVariance().var; the same after <c>?.</c>.
    /// </summary>
    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (MemberOf(node, node.Name) is not { } member) return base.VisitMemberAccessExpression(node);
        if (member.IsStatic) return StandIn(node, member) ?? base.VisitMemberAccessExpression(node);
        var visited = (MemberAccessExpressionSyntax)base.VisitMemberAccessExpression(node)!;
        return StandIns.TryGetValue(member.Name, out var stand)
            ? visited.WithName(Renamed(node.Name, stand.Method))
            : visited.WithExpression(
                SyntaxFactory.InvocationExpression(visited.WithName(SyntaxFactory.IdentifierName(Checks[member.Name].Method))));
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitMemberBindingExpression(MemberBindingExpressionSyntax node)
    {
        if (MemberOf(node, node.Name) is not { IsStatic: false } member) return base.VisitMemberBindingExpression(node);
        if (StandIns.TryGetValue(member.Name, out var stand)) return node.WithName(Renamed(node.Name, stand.Method));
        var check = SyntaxFactory.InvocationExpression(node.WithName(SyntaxFactory.IdentifierName(Checks[member.Name].Method)));
        return SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, check, node.Name);
    }

    /// <summary>After <c>using static TorchSharp.torch</c>, matmul alone becomes the stand-in.</summary>
    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) =>
        MemberOf(node, node) is { IsStatic: true } member && StandIn(node, member) is { } stand
            ? stand
            : base.VisitIdentifierName(node);

    /// <summary>torch.var(x, ...) becomes torch.var(ForVariance(x), ...).</summary>
    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        return MemberOf(node.Expression, NameOf(node.Expression)) is { IsStatic: true } member
            && Checks.TryGetValue(member.Name, out var check)
            && visited.ArgumentList.Arguments is [var tensor, ..]
                ? visited.ReplaceNode(tensor.Expression, SyntaxFactory.InvocationExpression(
                    Full(check, tensor.Expression),
                    SyntaxFactory.ArgumentList(
                        SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(tensor.Expression.WithoutLeadingTrivia())))))
                : visited;
    }

    private static ExpressionSyntax? StandIn(ExpressionSyntax node, IMethodSymbol member) =>
        StandIns.TryGetValue(member.Name, out var stand) ? Full(stand, node).WithTrailingTrivia(node.GetTrailingTrivia()) : null;

    private static ExpressionSyntax Full((Type Type, string Method) call, ExpressionSyntax place) =>
        SyntaxFactory.ParseExpression($"global::{call.Type.FullName}.{call.Method}").WithLeadingTrivia(place.GetLeadingTrivia());

    private static IdentifierNameSyntax Renamed(SimpleNameSyntax name, string method) =>
        SyntaxFactory.IdentifierName(method).WithTriviaFrom(name);

    private static SimpleNameSyntax? NameOf(ExpressionSyntax expression) =>
        (expression as MemberAccessExpressionSyntax)?.Name ?? expression as SimpleNameSyntax;

    // Null for another name, or a member of another type.
    private IMethodSymbol? MemberOf(ExpressionSyntax expression, SimpleNameSyntax? name)
    {
        if (name is null || !StandIns.ContainsKey(name.Identifier.ValueText) && !Checks.ContainsKey(name.Identifier.ValueText)) return null;
        var info = _model.GetSymbolInfo(expression);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method && IsTorch(method.ContainingType)
            ? method
            : null;
    }

    private static bool IsTorch(INamedTypeSymbol? type) => type?.ToDisplayString() is Torch or Torch + ".Tensor";

    [GeneratedRegex(@"\b(matmul|cummax|cummin)\b|\bvar\(|\.\s*var\b")]
    private static partial Regex Names();
}
