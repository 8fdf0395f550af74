using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A cell that the compiler has accepted and that can be run.</summary>
/// <param name="Compilation">The cell, continuing those before it.</param>
/// <param name="Start">
/// Runs it, given the objects of the cells before it; it appends its own.
/// Null when there is nothing to run, as in a cell of usings.
/// </param>
internal sealed record Submission(CSharpCompilation Compilation, Func<object?[], Task<object>>? Start)
{
    /// <summary>The variables, functions and types that it declares for later cells.</summary>
    public IEnumerable<ISymbol> Declared =>
        Compilation.ScriptClass?.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName) ?? [];

    /// <summary>Whether later cells can use something of it.</summary>
    public bool IsNeeded => Declared.Any()
        || Compilation.ExternalReferences.Length > 0 || Compilation.SyntaxTrees.Select(tree => tree.GetCompilationUnitRoot())
        .Any(root => root.Usings.Count > 0 || root.GetReferenceDirectives().Count > 0);
}
