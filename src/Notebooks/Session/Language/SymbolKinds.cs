using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>The kind of a symbol, in the words of <see cref="CompletionItem.Kind"/>.</summary>
internal static class SymbolKinds
{
    public static string Of(ISymbol symbol) => symbol switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Submission } => "local",
        IFieldSymbol { IsConst: true } or ILocalSymbol { IsConst: true } => "constant",
        IFieldSymbol => "field",
        IParameterSymbol => "parameter",
        IMethodSymbol => "method",
        IPropertySymbol { ContainingType.TypeKind: TypeKind.Submission } => "local",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        INamespaceSymbol => "namespace",
        ITypeSymbol type => type.TypeKind switch
        {
            TypeKind.Interface => "interface",
            TypeKind.Enum => "enum",
            TypeKind.Struct => "struct",
            TypeKind.Delegate => "delegate",
            _ => "class",
        },
        _ => "local",
    };

    /// <summary>Whether its author hides it from editors.</summary>
    public static bool IsHidden(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "EditorBrowsableAttribute" }
        && attribute.ConstructorArguments is [{ Value: (int)System.ComponentModel.EditorBrowsableState.Never }, ..]);
}
