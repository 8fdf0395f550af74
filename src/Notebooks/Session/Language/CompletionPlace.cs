using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>The symbols that can be named at a place.</summary>
/// <param name="Symbols">The newest first where one hides another.</param>
/// <param name="TakesKeywords">Whether a keyword may stand there.</param>
/// <param name="IsAttribute">Whether it is the name of an attribute, which goes without its suffix.</param>
internal sealed record CompletionPlace(IEnumerable<ISymbol> Symbols, bool TakesKeywords, bool IsAttribute = false)
{
    private const string AttributeSuffix = "Attribute";

    /// <summary>Whether a type may be named there.</summary>
    public bool TakesTypes { get; init; } = TakesKeywords;

    public string TextOf(ISymbol symbol)
    {
        if (IsAttribute && symbol.Name.EndsWith(AttributeSuffix, StringComparison.Ordinal))
            return symbol.Name[..^AttributeSuffix.Length];
        return SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : $"@{symbol.Name}";
    }

    public static CompletionPlace Of(CellAnalysis cell, int start, CancellationToken cancellationToken)
    {
        var name = cell.Root.FindToken(start).Parent;
        if (QualifierOf(name, start) is { } qualifier)
            return new CompletionPlace(MembersOf(cell, qualifier, start, cancellationToken), TakesKeywords: false);
        var seen = cell.Model.LookupSymbols(start);
        return name switch
        {
            _ when name?.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { } import =>
                new(seen.Where(symbol => symbol is INamespaceSymbol
                    || !import.StaticKeyword.IsKind(SyntaxKind.None) && symbol is INamedTypeSymbol), TakesKeywords: false),
            _ when name?.Parent is AttributeSyntax => new(seen.Where(IsAttributeOrNamespace), TakesKeywords: false, IsAttribute: true),
            _ when name?.Parent is ObjectCreationExpressionSyntax created && created.Type == name =>
                new(seen.Where(symbol => symbol is INamespaceSymbol or INamedTypeSymbol { IsStatic: false }),
                    TakesKeywords: false) { TakesTypes = true },
            _ when Initialized(name, cell.Model, start, cancellationToken) is { } settable => new(settable, TakesKeywords: false),
            _ when PatternType(name, cell.Model, cancellationToken) is { } type =>
                new(cell.Model.LookupSymbols(start, type).Where(
                    symbol => symbol is IPropertySymbol { IsStatic: false, IsIndexer: false } or IFieldSymbol { IsStatic: false }),
                    TakesKeywords: false),
            _ when name?.Parent is TypeArgumentListSyntax or TypeParameterConstraintSyntax or BaseTypeSyntax =>
                new(seen.Where(symbol => symbol is INamespaceOrTypeSymbol), TakesKeywords: true),
            _ => new(seen, TakesKeywords: true),
        };
    }

    /// <summary>The expression left of the dot, if the name has one.</summary>
    private static ExpressionSyntax? QualifierOf(SyntaxNode? name, int start) => name?.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name && access.OperatorToken.SpanStart < start => access.Expression,
        QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left,
        AliasQualifiedNameSyntax alias when alias.Name == name => alias.Alias,
        MemberBindingExpressionSyntax binding when binding.Name == name =>
            binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(
                access => access.WhenNotNull.Span.Contains(binding.Span))?.Expression,
        _ => null,
    };

    private static IEnumerable<ISymbol> MembersOf(
        CellAnalysis cell, ExpressionSyntax qualifier, int start, CancellationToken cancellationToken)
    {
        var model = cell.Model;
        if (qualifier is IdentifierNameSyntax { Identifier.RawKind: (int)SyntaxKind.GlobalKeyword })
            return model.LookupNamespacesAndTypes(start, cell.Compilation.GlobalNamespace);
        var info = model.GetSymbolInfo(qualifier, cancellationToken);
        var named = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (named is IAliasSymbol alias)
            named = alias.Target;
        if (named is INamespaceSymbol space)
            return model.LookupNamespacesAndTypes(start, space);
        if (named is ITypeSymbol type)
            return model.LookupSymbols(start, type).Where(symbol => symbol.IsStatic || symbol is ITypeSymbol);
        var valueType = model.GetTypeInfo(qualifier, cancellationToken).Type ?? (named as IMethodSymbol)?.ReturnType;
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

    /// <summary>What an initializer sets, <c>new T { | }</c> or <c>x with { | }</c>, if the name is a member's in one.</summary>
    private static IEnumerable<ISymbol>? Initialized(SyntaxNode? name, SemanticModel model, int start, CancellationToken cancellationToken)
    {
        var place = name?.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name ? assignment : name;
        if (place?.Parent is not InitializerExpressionSyntax initializer)
            return null;
        var type = initializer.Parent switch
        {
            BaseObjectCreationExpressionSyntax created => model.GetTypeInfo(created, cancellationToken).Type,
            WithExpressionSyntax copied => model.GetTypeInfo(copied.Expression, cancellationToken).Type,
            // new T { Part = { | } }
            AssignmentExpressionSyntax part => model.GetTypeInfo(part.Left, cancellationToken).Type,
            _ => null,
        };
        if (type is null || IsCollection(type))
            return null;
        var set = initializer.Expressions.Where(one => one != place).OfType<AssignmentExpressionSyntax>()
            .Select(one => one.Left.ToString()).ToHashSet(StringComparer.Ordinal);
        return model.LookupSymbols(start, type).Where(symbol => IsSettable(symbol) && !set.Contains(symbol.Name));
    }

    /// <summary>The type whose properties a pattern names: <c>x is { | }</c>.</summary>
    private static ITypeSymbol? PatternType(SyntaxNode? name, SemanticModel model, CancellationToken cancellationToken)
    {
        var part = name?.Parent is ConstantPatternSyntax constant
            ? constant.Parent
            : name?.Parent is BaseExpressionColonSyntax colon ? colon.Parent : null;
        return part is SubpatternSyntax { Parent: PropertyPatternClauseSyntax { Parent: RecursivePatternSyntax pattern } } named
            && (named.ExpressionColon is null || name!.Parent is BaseExpressionColonSyntax)
            ? model.GetTypeInfo(pattern, cancellationToken) is { } info ? info.ConvertedType ?? info.Type : null
            : null;
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type.AllInterfaces.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool IsSettable(ISymbol symbol) =>
        symbol is IPropertySymbol { SetMethod: not null, IsStatic: false } or IFieldSymbol { IsReadOnly: false, IsStatic: false };
}
