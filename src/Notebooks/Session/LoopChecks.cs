using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Writes a call of <see cref="Interruption.Check"/> into the body of every loop, on the line where the body starts.</summary>
/// <remarks>
/// Lines stay where they are; columns behind a check move, so messages of the compiler are taken from the code as the reader wrote it.
/// </remarks>
internal sealed class LoopChecks : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Check =
        SyntaxFactory.ParseStatement($"global::{typeof(Interruption).FullName}.{nameof(Interruption.Check)}();");

    /// <summary>The code with the checks; unchanged when it has no loop.</summary>
    public static string Insert(string code, CancellationToken cancellationToken)
    {
        var root = CSharpSyntaxTree.ParseText(code, CellSource.ParseOptions, cancellationToken: cancellationToken)
            .GetRoot(cancellationToken);
        return root.DescendantNodes().Any(IsLoop) ? new LoopChecks().Visit(root).ToFullString() : code;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var loop = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var loop = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var loop = (ForStatementSyntax)base.VisitForStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var loop = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var loop = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    /// <summary>The line's end stands behind the opening brace or before the statement, so the check goes in front of it.</summary>
    private static BlockSyntax Checked(StatementSyntax body)
    {
        if (body is not BlockSyntax block)
            return SyntaxFactory.Block(Check, body);
        var behindBrace = block.OpenBraceToken.TrailingTrivia;
        return block
            .WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia())
            .WithStatements(block.Statements.Insert(0, Check.WithTrailingTrivia(behindBrace)));
    }
}
