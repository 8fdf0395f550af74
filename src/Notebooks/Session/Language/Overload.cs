using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>One thing that a call may mean.</summary>
/// <param name="Symbol">A method, constructor, indexer, or the method that calls a delegate.</param>
/// <param name="Parameters">What it takes.</param>
internal sealed record Overload(ISymbol Symbol, ImmutableArray<IParameterSymbol> Parameters)
{
    public static Overload? Of(ISymbol? symbol) => symbol switch
    {
        IMethodSymbol method => new Overload(method, method.Parameters),
        IPropertySymbol { IsIndexer: true } indexer => new Overload(indexer, indexer.Parameters),
        _ => null,
    };
}
