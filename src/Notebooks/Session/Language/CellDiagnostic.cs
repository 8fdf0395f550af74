using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>A compiler message about a part of a cell.</summary>
/// <param name="Id">The compiler's number for it: <c>CS0103</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">In words.</param>
/// <param name="Span">Where it stands. Lines and columns count from 0, columns in UTF-16 units.</param>
public sealed record CellDiagnostic(string Id, DiagnosticSeverity Severity, string Message, LinePositionSpan Span)
{
    /// <summary>As the compiler writes it, with lines and columns from 1: <c>(1,5): error CS0103: ...</c>.</summary>
    public override string ToString() =>
        $"({Span.Start.Line + 1},{Span.Start.Character + 1}): {Severity.ToString().ToLowerInvariant()} {Id}: {Message}";
}
