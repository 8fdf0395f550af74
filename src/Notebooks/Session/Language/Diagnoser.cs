using System.Collections.Immutable;
using LlmRabbitHoles.Notebooks.Session.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Says what the compiler would say about a cell, without running it.</summary>
internal static class Diagnoser
{
    /// <summary>
    /// Versions of assemblies that are unified (CS1701, CS1702), which no reader of a cell can do anything about, and <c>string?</c> where
    /// nullable contexts are off (CS8632), which a cell may copy from anywhere.
    /// </summary>
    private static readonly ImmutableHashSet<string> Ignored = ["CS1701", "CS1702", "CS8632"];

    public static ImmutableArray<CellDiagnostic> Diagnose(string code, CSharpCompilation previous, CancellationToken cancellation)
    {
        var cell = CellAnalysis.Of(code, previous, cancellation);
        return
        [
            .. cell.Compilation.GetDiagnostics(cancellation).Concat(MisspelledPackages(code))
                .Where(found => found.Severity >= DiagnosticSeverity.Info && !found.IsSuppressed && !Ignored.Contains(found.Id))
                .Select(found => DiagnosticOf(found, cell.Root.SyntaxTree))
                .OrderBy(found => found.Span.Start)
                .Distinct(),
        ];
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
    private static CellDiagnostic DiagnosticOf(Diagnostic found, SyntaxTree cell)
    {
        var isHere = found.Location.SourceTree is { } tree && tree.FilePath == cell.FilePath;
        var line = found.Location.GetMappedLineSpan();
        var place = isHere || !line.IsValid ? "" : $"{line.Path}({line.StartLinePosition.Line + 1},{line.StartLinePosition.Character + 1}): ";
        return new CellDiagnostic(found.Id, found.Severity, place + found.GetMessage(), isHere ? found.Location.GetLineSpan().Span : default);
    }
}
