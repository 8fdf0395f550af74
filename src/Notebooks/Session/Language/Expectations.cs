using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>What a place asks for: the names of a call's arguments, and the members of an enum where one is expected.</summary>
internal static class Expectations
{
    public static IEnumerable<Proposal> At(CellAnalysis cell, int start, CancellationToken cancellationToken)
    {
        if (cell.Root.FindToken(start).Parent is not IdentifierNameSyntax name)
            return [];
        var call = name.Parent is ArgumentSyntax or AttributeArgumentSyntax { NameEquals: null } ? CallAround.Of(cell.Root, start) : null;
        Overload[] overloads = call is null ? [] : [.. SignatureFinder.Overloads(call, cell, cancellationToken)];
        var expected = overloads.Length > 0 ? overloads.Select(call!.ExpectedType) : [TypeOf(name, cell.Model, cancellationToken)];
        return
        [
            .. IsNamed(name) ? [] : overloads.SelectMany(overload => overload.Parameters)
                .Where(parameter => !call!.Names.Contains(parameter.Name)).Select(Named),
            .. Settable(name, cell.Model, cancellationToken),
            .. expected.OfType<INamedTypeSymbol>().Where(type => type.TypeKind == TypeKind.Enum).SelectMany(
                type => MembersOf(type, cell.Model, start)),
        ];
    }

    private static bool IsNamed(IdentifierNameSyntax name) =>
        name.Parent is ArgumentSyntax { NameColon: not null } or AttributeArgumentSyntax { NameColon: not null };

    private static Proposal Named(IParameterSymbol parameter) =>
        new(SymbolRank.Own, new CompletionItem($"{parameter.Name}:", "parameter", SymbolFormat.Parameter(parameter)));

    /// <summary>The properties that an attribute sets by name.</summary>
    private static IEnumerable<Proposal> Settable(IdentifierNameSyntax name, SemanticModel model, CancellationToken cancellationToken) =>
        name.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && name.Parent is AttributeArgumentSyntax
            && model.GetTypeInfo(attribute, cancellationToken).Type is { } type
            ? type.GetMembers().OfType<IPropertySymbol>().Where(
                property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public })
                .Select(property => new Proposal(
                    SymbolRank.Own, new CompletionItem($"{property.Name} =", "property", SymbolFormat.Declaration(property)), property))
            : [];

    private static IEnumerable<Proposal> MembersOf(INamedTypeSymbol type, SemanticModel model, int start) =>
        type.GetMembers().OfType<IFieldSymbol>()
            .Where(member => member.IsConst)
            .Select(member => new Proposal(
                SymbolRank.Expected,
                new CompletionItem(
                    $"{type.ToMinimalDisplayString(model, start)}.{member.Name}", "constant", SymbolFormat.Declaration(member)), member));

    /// <summary>The type of what the name is compared with, assigned to or returned as.</summary>
    private static ITypeSymbol? TypeOf(IdentifierNameSyntax name, SemanticModel model, CancellationToken cancellationToken) =>
        name.Parent switch
        {
            BinaryExpressionSyntax comparison when comparison.Right == name => model.GetTypeInfo(comparison.Left, cancellationToken).Type,
            AssignmentExpressionSyntax assignment when assignment.Right == name =>
                model.GetTypeInfo(assignment.Left, cancellationToken).Type,
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax declared } =>
                model.GetTypeInfo(declared.Type, cancellationToken).Type,
            ConstantPatternSyntax { Parent: IsPatternExpressionSyntax tested } =>
                model.GetTypeInfo(tested.Expression, cancellationToken).Type,
            CaseSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax chosen } =>
                model.GetTypeInfo(chosen.Expression, cancellationToken).Type,
            _ => null,
        };
}
