using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>What can be named at a place.</summary>
/// <param name="Symbols">The newest first where one hides another.</param>
/// <param name="TakesKeywords">Whether a keyword may stand there.</param>
/// <param name="IsAttribute">Whether it is the name of an attribute, which goes without its suffix.</param>
internal sealed record CompletionPlace(IEnumerable<ISymbol> Symbols, bool TakesKeywords, bool IsAttribute = false)
{
    private const string AttributeSuffix = "Attribute";

    public string TextOf(ISymbol symbol)
    {
        if (IsAttribute && symbol.Name.EndsWith(AttributeSuffix, StringComparison.Ordinal))
            return symbol.Name[..^AttributeSuffix.Length];
        return SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : $"@{symbol.Name}";
    }

    public static CompletionPlace Of(CellAnalysis cell, int start, CancellationToken cancellation)
    {
        var name = cell.Root.FindToken(start).Parent;
        if (QualifierOf(name, start) is { } qualifier)
            return new CompletionPlace(MembersOf(cell, qualifier, start, cancellation), TakesKeywords: false);
        var seen = cell.Model.LookupSymbols(start);
        return name switch
        {
            _ when name?.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { } import =>
                new(seen.Where(symbol => symbol is INamespaceSymbol || !import.StaticKeyword.IsKind(SyntaxKind.None) && symbol is INamedTypeSymbol), TakesKeywords: false),
            _ when name?.Parent is AttributeSyntax => new(seen.Where(IsAttributeOrNamespace), TakesKeywords: false, IsAttribute: true),
            _ when name?.Parent is ObjectCreationExpressionSyntax created && created.Type == name =>
                new(seen.Where(symbol => symbol is INamespaceSymbol or INamedTypeSymbol { IsStatic: false }), TakesKeywords: false),
            _ when InitializedType(name, cell.Model, cancellation) is { } type =>
                new(cell.Model.LookupSymbols(start, type).Where(IsSettable), TakesKeywords: false),
            _ => new(seen, TakesKeywords: true),
        };
    }

    /// <summary>What stands left of the dot, if the name has one.</summary>
    private static ExpressionSyntax? QualifierOf(SyntaxNode? name, int start) => name?.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name && access.OperatorToken.SpanStart < start => access.Expression,
        QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left,
        AliasQualifiedNameSyntax alias when alias.Name == name => alias.Alias,
        MemberBindingExpressionSyntax binding when binding.Name == name =>
            binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(access => access.WhenNotNull.Span.Contains(binding.Span))?.Expression,
        _ => null,
    };

    private static IEnumerable<ISymbol> MembersOf(CellAnalysis cell, ExpressionSyntax qualifier, int start, CancellationToken cancellation)
    {
        var model = cell.Model;
        if (qualifier is IdentifierNameSyntax { Identifier.RawKind: (int)SyntaxKind.GlobalKeyword })
            return model.LookupNamespacesAndTypes(start, cell.Compilation.GlobalNamespace);
        var info = model.GetSymbolInfo(qualifier, cancellation);
        var named = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (named is IAliasSymbol alias)
            named = alias.Target;
        if (named is INamespaceSymbol space)
            return model.LookupNamespacesAndTypes(start, space);
        if (named is ITypeSymbol type)
            return model.LookupSymbols(start, type).Where(symbol => symbol.IsStatic || symbol is ITypeSymbol);
        var valueType = model.GetTypeInfo(qualifier, cancellation).Type ?? (named as IMethodSymbol)?.ReturnType;
        if (qualifier.Parent is ConditionalAccessExpressionSyntax
            && valueType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            valueType = nullable.TypeArguments[0];
        }

        if (valueType is null or IErrorTypeSymbol && qualifier.Parent is QualifiedNameSyntax)
        {
            // "s._" and "var" on the next line read as the declaration of a variable named var.
            valueType = model.GetSpeculativeTypeInfo(
                start, SyntaxFactory.ParseExpression(qualifier.ToString()), SpeculativeBindingOption.BindAsExpression).Type;
        }

        return valueType is null or IErrorTypeSymbol or { SpecialType: SpecialType.System_Void }
            ? []
            : model.LookupSymbols(start, valueType, includeReducedExtensionMethods: true)
                .Where(symbol => !symbol.IsStatic && symbol is not ITypeSymbol);
    }

    private static bool IsAttributeOrNamespace(ISymbol symbol)
    {
        if (symbol is INamespaceSymbol)
            return true;
        for (var type = symbol as INamedTypeSymbol; type is not null; type = type.BaseType)
        {
            if (type.Name == "Attribute" && type.ContainingNamespace.Name == "System")
                return true;
        }

        return false;
    }

    /// <summary>The type whose members an initializer sets, if the name is a member's in one: <c>new T { | }</c>.</summary>
    private static ITypeSymbol? InitializedType(SyntaxNode? name, SemanticModel model, CancellationToken cancellation)
    {
        var place = name?.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name ? assignment.Parent : name?.Parent;
        return place is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression or (int)SyntaxKind.CollectionInitializerExpression } initializer
            && initializer.Parent is BaseObjectCreationExpressionSyntax created
            && model.GetTypeInfo(created, cancellation).Type is { } type && !IsCollection(type)
                ? type
                : null;
    }

    private static bool IsCollection(ITypeSymbol type) => type.AllInterfaces.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool IsSettable(ISymbol symbol) =>
        symbol is IPropertySymbol { SetMethod: not null, IsStatic: false } or IFieldSymbol { IsReadOnly: false, IsStatic: false };
}
