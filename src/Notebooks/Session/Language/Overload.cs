using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>One overload of a call.</summary>
/// <param name="Symbol">A method, constructor, indexer, or the method that calls a delegate.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record Overload(ISymbol Symbol, ImmutableArray<IParameterSymbol> Parameters)
{
    public static Overload? Of(ISymbol? symbol) => symbol switch
    {
        IMethodSymbol method => new Overload(method, method.Parameters),
        IPropertySymbol { IsIndexer: true } indexer => new Overload(indexer, indexer.Parameters),
        _ => null,
    };
}
