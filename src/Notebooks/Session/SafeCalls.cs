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
internal sealed class SafeCalls : CSharpSyntaxRewriter
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

    /// <summary>Whether the code names such a member, of whatever type.</summary>
    public static bool MayBeNeeded(string code) => Checked.Keys.Concat(Guarded.Keys).Any(name => code.Contains("." + name, StringComparison.Ordinal));

    /// <summary>The code of a cell with its calls checked; the same code when it makes none.</summary>
    /// <param name="cell">The cell, compiled with what it refers to.</param>
    /// <param name="tree">Its code.</param>
    public static string Insert(CSharpCompilation cell, SyntaxTree tree)
    {
        var root = tree.GetRoot();
        return new SafeCalls(cell.GetSemanticModel(tree)).Visit(root).ToFullString();
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is not MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access
            || MemberOf(access) is not { } member)
            return base.VisitInvocationExpression(node);
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        var receiver = ((MemberAccessExpressionSyntax)visited.Expression).Expression;
        if (Checked.TryGetValue(member.Name, out var stand))
            return member.IsStatic ? visited.WithExpression(Named(stand, access)) : visited.WithExpression(Named(stand, access)).WithArgumentList(With(receiver, visited.ArgumentList));
        var guard = Guarded[member.Name];
        return member.IsStatic
            ? visited.WithArgumentList(Guard(guard, visited.ArgumentList))
            : visited.WithExpression(access.WithExpression(Call(guard, receiver)));
    }

    private IMethodSymbol? MemberOf(MemberAccessExpressionSyntax access) =>
        (Checked.ContainsKey(access.Name.Identifier.ValueText) || Guarded.ContainsKey(access.Name.Identifier.ValueText))
        && _model.GetSymbolInfo(access) is { } info
        && (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol { ContainingType: { } type } method
        && type.ToDisplayString() is Torch or Torch + ".Tensor"
            ? method
            : null;

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
