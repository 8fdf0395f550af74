using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A cell that later cells can see.</summary>
/// <param name="Compilation">Its compilation.</param>
/// <param name="State">The object that holds its variables; null when it only imports or refers to something.</param>
internal sealed record KeptCell(CSharpCompilation Compilation, object? State)
{
    /// <summary>Its variables.</summary>
    public required ImmutableArray<string> Variables { get; init; }

    /// <summary>Everything it declares, functions with their parameter types: a later cell hides it by declaring all of this.</summary>
    public required ImmutableHashSet<string> Declarations { get; init; }

    /// <summary>The plain names of its declarations.</summary>
    public required ImmutableHashSet<string> Names { get; init; }

    /// <summary>Names in its code that it does not declare itself, whatever they mean.</summary>
    public required ImmutableHashSet<string> Mentions { get; init; }

    /// <summary>Whether it only declares. Imports, references and extensions are used without being named, so they do not count.</summary>
    public required bool OnlyDeclares { get; init; }

    /// <summary>Its load context, which must not be collected while its assembly is in use.</summary>
    public AssemblyLoadContext? Context { get; init; }

    public static KeptCell Of(Submission cell, object? state)
    {
        var declared = cell.Declared.ToArray();
        var roots = cell.Compilation.SyntaxTrees.Select(tree => tree.GetCompilationUnitRoot()).ToArray();
        var names = declared.Select(symbol => symbol.Name).ToImmutableHashSet(StringComparer.Ordinal);
        return new KeptCell(cell.Compilation, state)
        {
            Context = state is null ? null : AssemblyLoadContext.GetLoadContext(state.GetType().Assembly),
            Variables = [.. declared.OfType<IFieldSymbol>().Select(field => field.Name)],
            Declarations = [.. declared.Select(Declaration)],
            Names = names,
            Mentions = roots.SelectMany(root => root.DescendantNodes().OfType<SimpleNameSyntax>())
                .Select(name => name.Identifier.ValueText).ToImmutableHashSet(StringComparer.Ordinal).Except(names),
            OnlyDeclares = cell.Compilation.ExternalReferences.Length == 0
                && roots is [var root] && root.Usings.Count == 0 && root.GetReferenceDirectives().Count == 0
                && !declared.Any(symbol => symbol is IMethodSymbol { IsExtensionMethod: true }),
        };
    }

    private static string Declaration(ISymbol symbol) => symbol is IMethodSymbol method
        ? $"{method.Name}`{method.Arity}({string.Join(", ", method.Parameters.Select(Written))})"
        : symbol.Name;

    private static string Written(IParameterSymbol parameter) => $"{parameter.RefKind} {parameter.Type.ToDisplayString()}";
}
