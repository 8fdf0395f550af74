using LlmRabbitHoles.Notebooks.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>Finds the cells that other cells need: those that declare or assign the names they use, and so on in turn.</summary>
/// <remarks>It compares names, not types, so it may find too many cells. Cells with references and usings are always needed.</remarks>
internal static class NeededCells
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The cells to run, in order: <paramref name="wanted"/> and the cells they need.</summary>
    /// <param name="cells">The notebook's code cells that are not empty.</param>
    /// <param name="wanted">The cells that must run.</param>
    public static IReadOnlyList<CodeCell> Of(IReadOnlyList<CodeCell> cells, IReadOnlyCollection<CodeCell> wanted)
    {
        var names = cells.Select(cell => new Names(cell.Source)).ToList();
        var needed = new SortedSet<int>(
            cells.Index().Where(one => wanted.Contains(one.Item) || names[one.Index].Prepares).Select(one => one.Index));
        var open = new Queue<int>(needed);
        while (open.TryDequeue(out var user))
        {
            foreach (var giver in Enumerable.Range(0, user).Where(giver => names[giver].Gives.Overlaps(names[user].Uses)))
            {
                if (needed.Add(giver))
                    open.Enqueue(giver);
            }
        }

        return [.. needed.Select(index => cells[index])];
    }

    private sealed class Names
    {
        public Names(string code)
        {
            var root = CSharpSyntaxTree.ParseText(code, Script).GetCompilationUnitRoot();
            Prepares = root.Usings.Count > 0 || root.GetReferenceDirectives().Count > 0 || root.GetLoadDirectives().Count > 0;
            Gives = [.. root.Members.SelectMany(Declared),
                .. root.DescendantNodes().OfType<AssignmentExpressionSyntax>().Select(one => Root(one.Left))];
            Uses = [.. root.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText)];
        }

        public bool Prepares { get; }

        public HashSet<string> Gives { get; }

        public HashSet<string> Uses { get; }

        private static IEnumerable<string> Declared(MemberDeclarationSyntax member) => member switch
        {
            FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
            MethodDeclarationSyntax method => [method.Identifier.ValueText],
            BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
            DelegateDeclarationSyntax type => [type.Identifier.ValueText],
            GlobalStatementSyntax statement => statement.DescendantNodes(node => node is not LambdaExpressionSyntax and not BlockSyntax)
                .OfType<SingleVariableDesignationSyntax>().Select(variable => variable.Identifier.ValueText),
            _ => [],
        };

        private static string Root(ExpressionSyntax assigned) => assigned switch
        {
            ElementAccessExpressionSyntax element => Root(element.Expression),
            MemberAccessExpressionSyntax member => Root(member.Expression),
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => "",
        };
    }
}
