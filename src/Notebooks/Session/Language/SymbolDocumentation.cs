using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Finds the documentation of a symbol: in the cell that declares it, or in the XML file beside its assembly.</summary>
internal static class SymbolDocumentation
{
    /// <returns>A member's element of XML; null when nothing is said.</returns>
    public static string? Find(ISymbol symbol, Compilation compilation, CancellationToken cancellationToken)
    {
        for (var one = Definition(symbol); one is not null; one = Definition(Inherited(one)))
        {
            var xml = FindOwn(one, compilation, cancellationToken);
            if (!string.IsNullOrWhiteSpace(xml) && !xml.Contains("<inheritdoc", StringComparison.Ordinal))
                return xml;
        }

        return null;
    }

    private static string? FindOwn(ISymbol symbol, Compilation compilation, CancellationToken cancellationToken)
    {
        if (symbol.Locations.Any(location => location.IsInSource))
            return symbol.GetDocumentationCommentXml(cancellationToken: cancellationToken);
        return symbol.GetDocumentationCommentId() is { } id && symbol.ContainingAssembly is { } assembly
            && compilation.GetMetadataReference(assembly) is PortableExecutableReference { FilePath: { } path }
                ? XmlDocumentation.Find(id, path)
                : null;
    }

    private static ISymbol? Definition(ISymbol? symbol) => symbol is IMethodSymbol { ReducedFrom: { } extension }
        ? extension.OriginalDefinition
        : symbol?.OriginalDefinition;

    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } overridden } => overridden,
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
        IMethodSymbol or IPropertySymbol or IEventSymbol => symbol.ContainingType?.AllInterfaces
            .SelectMany(one => one.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(
                symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)),
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object } based } => based,
        _ => null,
    };
}
