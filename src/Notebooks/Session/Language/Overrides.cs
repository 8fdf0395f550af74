using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>What a type can override, written out: <c>override |</c>.</summary>
internal static class Overrides
{
    private static readonly SymbolDisplayFormat Declaration = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef);

    /// <returns>Null when the place does not follow <c>override</c>.</returns>
    public static IReadOnlyList<CompletionItem>? At(CellAnalysis cell, int start, CancellationToken cancellationToken)
    {
        var token = cell.Root.FindToken(start);
        if (!token.GetPreviousToken().IsKind(SyntaxKind.OverrideKeyword)
            || token.Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declared
            || cell.Model.GetDeclaredSymbol(declared, cancellationToken) is not { } type)
        {
            return null;
        }

        var hasAccess = token.Parent.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            && member.Modifiers.Any(one => SyntaxFacts.IsAccessibilityModifier(one.Kind()));
        return
        [
            .. Overridable(type)
                .OrderBy(symbol => symbol.Name, StringComparer.Ordinal)
                .Select(symbol => new CompletionItem(
                    Text(symbol, hasAccess), SymbolKinds.Of(symbol), SymbolFormat.Declaration(symbol)) { Label = symbol.Name }),
        ];
    }

    private static IEnumerable<ISymbol> Overridable(INamedTypeSymbol type)
    {
        var done = new HashSet<ISymbol>(type.GetMembers().Select(Overridden).OfType<ISymbol>(), SymbolEqualityComparer.Default);
        for (var based = type.BaseType; based is not null; based = based.BaseType)
        {
            foreach (var member in based.GetMembers().Where(
                one => one is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol { IsIndexer: false }))
            {
                if ((member.IsVirtual || member.IsAbstract || member.IsOverride)
                    && !member.IsSealed && member.Name != "Finalize" && !done.Contains(member))
                    yield return member;
                if (Overridden(member) is { } overridden)
                    done.Add(overridden);
            }
        }
    }

    private static ISymbol? Overridden(ISymbol member) =>
        (member as IMethodSymbol)?.OverriddenMethod ?? (ISymbol?)(member as IPropertySymbol)?.OverriddenProperty;

    private static string Text(ISymbol member, bool hasAccess)
    {
        var access = hasAccess ? "" : SyntaxFacts.GetText(member.DeclaredAccessibility) + " ";
        return access + member.ToDisplayString(Declaration) + (member is IPropertySymbol property
            ? Accessors(property)
            : Body((IMethodSymbol)member));
    }

    private static string Body(IMethodSymbol method) => method.IsAbstract
        ? " => throw new NotImplementedException();"
        : $" => base.{method.Name}({string.Join(", ", method.Parameters.Select(Argument))});";

    private static string Argument(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => $"ref {parameter.Name}",
        RefKind.Out => $"out {parameter.Name}",
        _ => parameter.Name,
    };

    private static string Accessors(IPropertySymbol property)
    {
        var name = property.IsAbstract ? "throw new NotImplementedException()" : $"base.{property.Name}";
        if (property.SetMethod is not { } setter)
            return $" => {name};";
        var set = $"{(setter.IsInitOnly ? "init" : "set")} => {(property.IsAbstract ? name : $"{name} = value")};";
        return property.GetMethod is null ? $" {{ {set} }}" : $" {{ get => {name}; {set} }}";
    }
}
