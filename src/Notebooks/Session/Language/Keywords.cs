using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>The words of C# itself.</summary>
internal static class Keywords
{
    /// <summary>Contextual keywords that a cell is likely to use.</summary>
    private static readonly string[] Contextual =
        ["async", "await", "dynamic", "file", "get", "global", "init",
            "nameof", "not", "or", "and", "partial", "record", "required", "set", "var", "when", "where", "with", "yield"];

    public static ImmutableArray<string> All { get; } =
        [.. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText).Where(text => text.All(char.IsAsciiLetterLower)),
            .. Contextual];
}
