using System.Text.RegularExpressions;
using LlmRabbitHoles.Devices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>
/// Puts checked calls in the place of those members of TorchSharp that end the process when an argument is wrong, so that a cell gets an
/// error and the session lives. Lines stay where they are.
/// </summary>
/// <remarks>Which members those are, tests/Engine/Devices/WrongCallTests.cs finds out.</remarks>
internal sealed partial class SafeCalls : CSharpSyntaxRewriter
{
    private const string Torch = "TorchSharp.torch";

    private static readonly Dictionary<string, string> Checked = new(StringComparer.Ordinal)
    {
        ["matmul"] = $"global::{typeof(MatrixProduct).FullName}.{nameof(MatrixProduct.Product)}",
        ["cummax"] = $"global::{typeof(CheckedCalls).FullName}.{nameof(CheckedCalls.CumulativeMaximum)}",
        ["cummin"] = $"global::{typeof(CheckedCalls).FullName}.{nameof(CheckedCalls.CumulativeMinimum)}",
    };

    // Too many overloads to stand in for: the check goes around the tensor.
    private static readonly Dictionary<string, string> Guarded = new(StringComparer.Ordinal)
    {
        ["var"] = $"global::{typeof(CheckedCalls).FullName}.{nameof(CheckedCalls.ForVariance)}",
    };

    private static readonly Lazy<MetadataReference> Engine = new(() => MetadataReference.CreateFromFile(typeof(MatrixProduct).Assembly.Location));

    private readonly SemanticModel _model;

    private SafeCalls(SemanticModel model) => _model = model;

    /// <summary>Where the checked calls are; a cell that uses TorchSharp need not have asked for it.</summary>
    public static MetadataReference Library => Engine.Value;

    /// <summary>Whether the code names such a member, of whatever type; <c>var x</c> names none.</summary>
    public static bool MayBeNeeded(string code) => Names().IsMatch(code);

    /// <summary>The code of a cell with its calls checked; the same code when it makes none.</summary>
    /// <param name="cell">The cell, compiled with what it refers to.</param>
    /// <param name="tree">Its code.</param>
    public static string Insert(CSharpCompilation cell, SyntaxTree tree)
    {
        var root = tree.GetRoot();
        return new SafeCalls(cell.GetSemanticModel(tree)).Visit(root).ToFullString();
    }

    /// <summary>A call on a tensor becomes a call of the stand-in with the tensor as its first argument.</summary>
    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (MemberOf(node.Expression) is not { } member) return base.VisitInvocationExpression(node);
        if (Guarded.TryGetValue(member.Name, out var guard)) return WithGuard(node, member, guard);
        if (member.IsStatic || node.Expression is not MemberAccessExpressionSyntax access) return base.VisitInvocationExpression(node);
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        var receiver = ((MemberAccessExpressionSyntax)visited.Expression).Expression;
        return visited.WithExpression(Named(Checked[member.Name], access)).WithArgumentList(With(receiver, visited.ArgumentList));
    }

    /// <summary>torch.matmul, called or handed on, becomes the stand-in.</summary>
    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node) => StandIn(node) ?? base.VisitMemberAccessExpression(node);

    /// <summary>The same after <c>using static TorchSharp.torch</c>.</summary>
    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) =>
        (node.Parent is MemberAccessExpressionSyntax access && access.Name == node ? null : StandIn(node)) ?? base.VisitIdentifierName(node);

    private ExpressionSyntax? StandIn(ExpressionSyntax node) =>
        MemberOf(node) is { IsStatic: true } member && Checked.TryGetValue(member.Name, out var stand)
            ? Named(stand, node).WithTrailingTrivia(node.GetTrailingTrivia())
            : null;

    private InvocationExpressionSyntax WithGuard(InvocationExpressionSyntax node, IMethodSymbol member, string guard)
    {
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        if (member.IsStatic) return visited.WithArgumentList(Guard(guard, visited.ArgumentList));
        return visited.Expression is MemberAccessExpressionSyntax access
            ? visited.WithExpression(access.WithExpression(Call(guard, access.Expression)))
            : visited;
    }

    // Null where the name is another one, or belongs to another type.
    private IMethodSymbol? MemberOf(ExpressionSyntax expression)
    {
        var name = (expression as MemberAccessExpressionSyntax)?.Name ?? expression as SimpleNameSyntax;
        if (name is null || !Checked.ContainsKey(name.Identifier.ValueText) && !Guarded.ContainsKey(name.Identifier.ValueText)) return null;
        var info = _model.GetSymbolInfo(expression);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method && IsTorch(method.ContainingType)
            ? method
            : null;
    }

    [GeneratedRegex(@"\b(matmul|cummax|cummin)\b|\bvar\(|\.\s*var\b")]
    private static partial Regex Names();

    private static bool IsTorch(INamedTypeSymbol? type) => type?.ToDisplayString() is Torch or Torch + ".Tensor";

    private static ExpressionSyntax Named(string name, ExpressionSyntax place) => SyntaxFactory.ParseExpression(name).WithLeadingTrivia(place.GetLeadingTrivia());

    private static ArgumentListSyntax With(ExpressionSyntax receiver, ArgumentListSyntax arguments) =>
        arguments.WithArguments(arguments.Arguments.Insert(0, SyntaxFactory.Argument(receiver.WithoutLeadingTrivia())));

    private static ArgumentListSyntax Guard(string guard, ArgumentListSyntax arguments) => arguments.Arguments.Count == 0
        ? arguments
        : arguments.WithArguments(arguments.Arguments.Replace(arguments.Arguments[0], arguments.Arguments[0].WithExpression(Call(guard, arguments.Arguments[0].Expression))));

    private static InvocationExpressionSyntax Call(string name, ExpressionSyntax argument) => SyntaxFactory.InvocationExpression(
        Named(name, argument),
        SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(argument.WithoutLeadingTrivia()))));
}
