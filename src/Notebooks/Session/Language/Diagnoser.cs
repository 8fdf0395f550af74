using System.Collections.Immutable;
using LlmRabbitHoles.Notebooks.Session.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Reports the compiler's messages about a cell without running it.</summary>
internal static class Diagnoser
{
    /// <summary>
    /// Versions of assemblies that are unified (CS1701, CS1702), which no reader of a cell can do anything about, and <c>string?</c> where
    /// nullable contexts are off (CS8632), which a cell may copy from anywhere.
    /// </summary>
    private static readonly ImmutableHashSet<string> Ignored = ["CS1701", "CS1702", "CS8632"];

    public static ImmutableArray<CellDiagnostic> Diagnose(string code, CSharpCompilation previous, CancellationToken cancellationToken) =>
    [
        .. Found(code, previous, cancellationToken)
            .Where(found => found.Severity >= DiagnosticSeverity.Info && !found.IsSuppressed && !Ignored.Contains(found.Id))
            .Select(DiagnosticOf)
            .OrderBy(found => found.Span.Start)
            .Distinct(),
    ];

    private static IEnumerable<Diagnostic> Found(string code, CSharpCompilation previous, CancellationToken cancellationToken)
    {
        try
        {
            return CellAnalysis.Of(code, previous, cancellationToken).Compilation.GetDiagnostics(cancellationToken)
                .Concat(MisspelledPackages(code));
        }
        catch (CompilationErrorException refused)
        {
            return refused.Diagnostics;
        }
    }

    private static ImmutableArray<Diagnostic> MisspelledPackages(string code)
    {
        try
        {
            PackageDirective.In(CellSource.ForCompiler(code), "");
            return [];
        }
        catch (CompilationErrorException misspelled)
        {
            return misspelled.Diagnostics;
        }
    }

    /// <summary>What is said about another file, one that the cell loads, is said at the cell's start with the file's name.</summary>
    private static CellDiagnostic DiagnosticOf(Diagnostic found)
    {
        var line = found.Location.GetLineSpan();
        return string.IsNullOrEmpty(line.Path)
            ? new CellDiagnostic(found.Id, found.Severity, found.GetMessage(), line.Span)
            : new CellDiagnostic(found.Id, found.Severity,
                $"{line.Path}({line.StartLinePosition.Line + 1},{line.StartLinePosition.Character + 1}): {found.GetMessage()}", default);
    }
}

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
