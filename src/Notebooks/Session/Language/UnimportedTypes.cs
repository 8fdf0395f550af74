using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Types of referenced assemblies whose namespace is not imported; the completion includes it.</summary>
internal static class UnimportedTypes
{
    /// <summary>With fewer letters there would be too many matches.</summary>
    private const int FewestTyped = 3;

    private const int Most = 20;

    private static readonly ConcurrentDictionary<AssemblyIdentity, (string Name, string Namespace)[]> Known = new();

    public static IEnumerable<Proposal> At(CellAnalysis cell, CompletionPlace place, string typed)
    {
        if (typed.Length < FewestTyped || !place.TakesTypes)
            return [];
        var seen = place.Symbols.Where(symbol => symbol is INamedTypeSymbol)
            .Select(symbol => symbol.Name).ToHashSet(StringComparer.Ordinal);
        return cell.Compilation.SourceModule.ReferencedAssemblySymbols
            .SelectMany(assembly => Known.GetOrAdd(assembly.Identity, static (_, one) => [.. Public(one.GlobalNamespace)], assembly))
            .Where(type => IsOffered(type.Namespace)
                && type.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && !seen.Contains(type.Name))
            .OrderBy(type => type.Name.Length)
            .Take(Most)
            .Select(type => $"{type.Namespace}.{type.Name}")
            .Select(name => (Name: name, Symbol: cell.Compilation.GetTypeByMetadataName(name)))
            .Where(type => type.Symbol is not null && !SymbolKinds.IsHidden(type.Symbol))
            .Select(type => new Proposal(
                SymbolRank.Unimported,
                new CompletionItem(type.Name, SymbolKinds.Of(type.Symbol!),
                    $"{SymbolFormat.Declaration(type.Symbol!)} in {type.Symbol!.ContainingNamespace}") { Label = type.Symbol!.Name },
                type.Symbol));
    }

    /// <summary>.NET's own namespaces and this project's; other libraries' internal types are not proposed.</summary>
    private static bool IsOffered(string space) => space.Split('.')[0] is "System" or nameof(LlmRabbitHoles);

    /// <summary>Generic types are left out: their names need arguments.</summary>
    private static IEnumerable<(string Name, string Namespace)> Public(INamespaceSymbol space) => space.GetTypeMembers()
        .Where(type => type.DeclaredAccessibility == Accessibility.Public && type.Arity == 0)
        .Select(type => (type.Name, space.ToDisplayString()))
        .Concat(space.GetNamespaceMembers().SelectMany(Public));
}
