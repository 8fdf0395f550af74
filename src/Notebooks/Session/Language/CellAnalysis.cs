using LlmRabbitHoles.Notebooks.Session.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>An unfinished cell, bound to the state of the cells before it.</summary>
internal sealed class CellAnalysis
{
    private CellAnalysis(SyntaxTree tree, CSharpCompilation compilation)
    {
        Root = tree.GetRoot();
        Compilation = compilation;
        Model = compilation.GetSemanticModel(tree);
    }

    public SyntaxNode Root { get; }

    public CSharpCompilation Compilation { get; }

    public SemanticModel Model { get; }

    /// <param name="code">The cell's code; errors in it are no hindrance.</param>
    /// <param name="previous">The cells that it continues.</param>
    /// <param name="cancellationToken">Ends the parsing.</param>
    /// <exception cref="CompilationErrorException">The code is nested too deeply for the compiler.</exception>
    public static CellAnalysis Of(string code, CSharpCompilation previous, CancellationToken cancellationToken)
    {
        var tree = Parse(CellSource.ForCompiler(code), cancellationToken);
        CellDepth.Check(tree.GetRoot(cancellationToken));
        return new CellAnalysis(tree, CSharpCompilation.CreateScriptCompilation(
            "cell", tree, options: previous.Options, previousScriptCompilation: previous, returnType: typeof(object)));
    }

    /// <summary>Without the lines that name packages, which the compiler would read as files.</summary>
    private static SyntaxTree Parse(string code, CancellationToken cancellationToken)
    {
        var tree = CSharpSyntaxTree.ParseText(code, CellSource.ParseOptions, cancellationToken: cancellationToken);
        var packages = tree.GetCompilationUnitRoot(cancellationToken).GetReferenceDirectives()
            .Where(line => PackageReference.IsPackage(line.File.ValueText)).ToArray();
        return packages.Length == 0
            ? tree
            : CSharpSyntaxTree.ParseText(
                CellSource.Blank(code, packages.Select(line => line.Span)), CellSource.ParseOptions, cancellationToken: cancellationToken);
    }
}
