using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>How likely a name is wanted, likeliest first.</summary>
internal enum SymbolRank
{
    /// <summary>A member of the enum that is expected there.</summary>
    Expected,

    /// <summary>What the cell or the session declared.</summary>
    Own,

    /// <summary>A member of the value or type before the dot.</summary>
    Member,

    /// <summary>A member of every object.</summary>
    OfObject,

    /// <summary>An extension of the value before the dot.</summary>
    Extension,

    Keyword,

    Type,

    Namespace,

    /// <summary>A type of a namespace that was not imported.</summary>
    Unimported,
}

/// <summary>Ranks symbols.</summary>
internal static class SymbolRanking
{
    extension(SymbolRank)
    {
        public static SymbolRank Of(ISymbol symbol) => symbol switch
        {
            ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => SymbolRank.Own,
            { ContainingType.TypeKind: TypeKind.Submission } => SymbolRank.Own,
            IMethodSymbol { IsExtensionMethod: true } => SymbolRank.Extension,
            INamespaceSymbol => SymbolRank.Namespace,
            ITypeSymbol => SymbolRank.Type,
            { ContainingType.SpecialType: SpecialType.System_Object } => SymbolRank.OfObject,
            _ => SymbolRank.Member,
        };
    }
}
