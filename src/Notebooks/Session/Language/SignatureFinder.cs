using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Finds the call around a cursor and its overloads.</summary>
internal static class SignatureFinder
{
    public static SignatureHelp? Find(string code, int cursor, CSharpCompilation previous, CancellationToken cancellationToken)
    {
        cursor = Math.Clamp(cursor, 0, code.Length);
        var cell = CellAnalysis.Of(code, previous, cancellationToken);
        if (CallAround.Of(cell.Root, cursor) is not { } call)
            return null;
        var overloads = Overloads(call, cell, cancellationToken);
        if (overloads.Length == 0)
            return null;
        var active = Active(call, overloads, cell.Model, cancellationToken);
        return new SignatureHelp(
            [.. overloads.Select(overload => SignatureOf(overload, cell.Compilation, cancellationToken))],
            active, call.ParameterOf(overloads[active]));
    }

    /// <summary>The accessible overloads, those with few parameters first.</summary>
    public static ImmutableArray<Overload> Overloads(CallAround call, CellAnalysis cell, CancellationToken cancellationToken) =>
    [
        .. Called(call.Node, cell.Model, cancellationToken)
            .Where(symbol => cell.Model.IsAccessible(call.Node.SpanStart, symbol) && !SymbolKinds.IsHidden(symbol))
            .Select(Overload.Of).OfType<Overload>()
            .OrderBy(overload => overload.Parameters.Length),
    ];

    private static IEnumerable<ISymbol> Called(SyntaxNode call, SemanticModel model, CancellationToken cancellationToken) => call switch
    {
        InvocationExpressionSyntax { Expression: var called } => model.GetMemberGroup(called, cancellationToken) is { Length: > 0 } group
            ? group
            : model.GetTypeInfo(called, cancellationToken).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [],
        ElementAccessExpressionSyntax access => IndexersOf(model.GetTypeInfo(access.Expression, cancellationToken).Type),
        BaseObjectCreationExpressionSyntax or AttributeSyntax => ConstructorsOf(model.GetTypeInfo(call, cancellationToken).Type),
        PrimaryConstructorBaseTypeSyntax { Type: var type } => ConstructorsOf(model.GetTypeInfo(type, cancellationToken).Type),
        ConstructorInitializerSyntax initializer => ConstructorsOf(TypeOf(initializer, model, cancellationToken)),
        _ => [],
    };

    private static ImmutableArray<ISymbol> ConstructorsOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol named ? [.. named.InstanceConstructors] : [];

    /// <summary>The type that <c>this(...)</c> or <c>base(...)</c> makes.</summary>
    private static INamedTypeSymbol? TypeOf(
        ConstructorInitializerSyntax initializer, SemanticModel model, CancellationToken cancellationToken)
    {
        var declared = initializer.Parent is ConstructorDeclarationSyntax constructor
            ? model.GetDeclaredSymbol(constructor, cancellationToken)?.ContainingType
            : null;
        return initializer.ThisOrBaseKeyword.IsKind(SyntaxKind.BaseKeyword) ? declared?.BaseType : declared;
    }

    private static IEnumerable<ISymbol> IndexersOf(ITypeSymbol? type)
    {
        var types = new List<ITypeSymbol>(type?.AllInterfaces ?? []);
        for (var one = type; one is not null; one = one.BaseType)
            types.Insert(0, one);
        var indexers = types.Where(one => one.TypeKind != TypeKind.Interface || type!.TypeKind == TypeKind.Interface)
            .SelectMany(one => one.GetMembers()).OfType<IPropertySymbol>().Where(property => property.IsIndexer).ToArray();
        return indexers.Where(indexer => !indexers.Any(other => SymbolEqualityComparer.Default.Equals(other.OverriddenProperty, indexer)));
    }

    /// <summary>The overload that the compiler chooses, else the first one with enough parameters.</summary>
    private static int Active(CallAround call, ImmutableArray<Overload> overloads, SemanticModel model, CancellationToken cancellationToken)
    {
        var chosen = model.GetSymbolInfo(call.Node, cancellationToken);
        var likely = chosen.Symbol is { } one ? [one] : chosen.CandidateSymbols;
        var best = overloads
            .Select(overload => (Overload: overload, Fit: call.FitOf(overload, model)))
            .Where(one => one.Fit >= 0)
            .OrderByDescending(one => likely.Length == 1 && likely.Contains(one.Overload.Symbol, SymbolEqualityComparer.Default))
            .ThenByDescending(one => one.Fit)
            .Select(one => one.Overload).FirstOrDefault();
        return best is null ? overloads.Length - 1 : overloads.IndexOf(best);
    }

    private static CallSignature SignatureOf(Overload overload, Compilation compilation, CancellationToken cancellationToken)
    {
        var xml = SymbolDocumentation.Find(overload.Symbol, compilation, cancellationToken);
        var text = new DocumentationText(asMarkdown: true);
        return new CallSignature(
            SymbolFormat.Declaration(overload.Symbol), text.Summary(xml),
            [.. overload.Parameters.Select(parameter =>
                new CallParameter(parameter.Name, SymbolFormat.Parameter(parameter), text.Parameter(xml, parameter.Name)))]);
    }
}

/// <summary>The overloads of a call, and the argument at the cursor.</summary>
/// <param name="Signatures">The overloads, at least one.</param>
/// <param name="ActiveSignature">The index of the overload that the arguments written so
/// far choose, else of the first with enough parameters.</param>
/// <param name="ActiveParameter">
/// The index of the parameter of the active signature that the cursor's argument is for. It lies behind the last one when there are more
/// arguments than parameters, and is 0 for a signature without parameters.
/// </param>
public sealed record SignatureHelp(ImmutableArray<CallSignature> Signatures, int ActiveSignature, int ActiveParameter);

/// <summary>One overload.</summary>
/// <param name="Label">Its declaration on one line: <c>int Math.Max(int val1, int val2)</c>.</param>
/// <param name="Documentation">Its author's summary, as Markdown; empty when nothing was found.</param>
/// <param name="Parameters">In the order of their declaration.</param>
public sealed record CallSignature(string Label, string Documentation, ImmutableArray<CallParameter> Parameters);

/// <summary>A parameter of an overload.</summary>
/// <param name="Name">As a named argument calls it.</param>
/// <param name="Label">The piece of the signature's label that declares it: <c>int val1</c>.</param>
/// <param name="Documentation">What its author says about it, as Markdown; empty when nothing was found.</param>
public sealed record CallParameter(string Name, string Label, string Documentation);
