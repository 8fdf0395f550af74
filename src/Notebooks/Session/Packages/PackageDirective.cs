using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session.Packages;

/// <summary>A cell's line that asks for a package.</summary>
/// <param name="Package">The package.</param>
/// <param name="Span">The position of the line. The compiler accepts only a file in a <c>#r</c>, so it must not see this line.</param>
/// <param name="Name">The position of the package's name.</param>
internal sealed record PackageDirective(PackageReference Package, TextSpan Span, Location Name)
{
#pragma warning disable RS2008 // This is a message of the kernel, not a rule of an analyzer.
    private static readonly DiagnosticDescriptor Refusal =
        new("nuget", "Package reference", "{0}", "Kernel", DiagnosticSeverity.Error, isEnabledByDefault: true);
#pragma warning restore RS2008

    /// <param name="code">C# script.</param>
    /// <param name="file">Its file name in positions.</param>
    /// <exception cref="CompilationErrorException">A line is misspelled.</exception>
    public static ImmutableArray<PackageDirective> In(string code, string file) =>
        code.Contains("nuget:", StringComparison.OrdinalIgnoreCase)
            ? [
                .. CSharpSyntaxTree.ParseText(code, CellSource.ParseOptions, file).GetCompilationUnitRoot().GetReferenceDirectives()
                    .Where(line => PackageReference.IsPackage(line.File.ValueText))
                    .Select(Of),
            ]
            : [];

    /// <summary>The error at the package's name.</summary>
    public CompilationErrorException Refused(string message) => Refused(Name, message);

    private static PackageDirective Of(ReferenceDirectiveTriviaSyntax line)
    {
        var name = line.File.GetLocation();
        return PackageReference.TryParse(line.File.ValueText, out var package)
            ? new PackageDirective(package, line.Span, name)
            : throw Refused(name, $"'{line.File.ValueText}' does not name a package; write #r \"nuget: Name, 1.2.3\"");
    }

    private static CompilationErrorException Refused(Location place, string message) =>
        new("", [Diagnostic.Create(Refusal, place, message)]);
}
