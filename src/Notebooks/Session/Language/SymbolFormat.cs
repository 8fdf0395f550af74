using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Formats declarations.</summary>
internal static class SymbolFormat
{
    /// <summary>With types, parameter names and defaults: <c>int List&lt;int&gt;.IndexOf(int item, int index)</c>.</summary>
    public static SymbolDisplayFormat OneLine { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.InstanceMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        localOptions: SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The declaration, without the class that the compiler wraps a cell in.</summary>
    public static string Declaration(ISymbol symbol) => symbol.ContainingType is { TypeKind: TypeKind.Submission }
        ? symbol.ToDisplayString(OneLine.WithMemberOptions(OneLine.MemberOptions & ~SymbolDisplayMemberOptions.IncludeContainingType))
        : symbol.ToDisplayString(OneLine);

    /// <summary>A parameter as it stands in the declaration.</summary>
    public static string Parameter(IParameterSymbol parameter) => parameter.ToDisplayString(OneLine);
}
