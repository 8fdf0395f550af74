using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>A claim, and the code cell that showed it.</summary>
/// <param name="Claim">What was claimed.</param>
/// <param name="Cell">1 for the notebook's first code cell that is not empty.</param>
public sealed record CellClaim(ClaimRecord Claim, int Cell);

/// <summary>The claims of a notebook that has run, read from its outputs.</summary>
public static class NotebookClaims
{
    /// <summary>All claims, top to bottom.</summary>
    public static IReadOnlyList<CellClaim> Of(Notebook notebook) =>
    [
        .. from cell in notebook.CodeCells.Where(cell => !cell.IsEmpty).Index()
           from output in cell.Item.Outputs
           let claim = LessonOutputs.Claim(output)
           where claim is not null
           select new CellClaim(claim, cell.Index + 1),
    ];

    /// <summary>Writes the numbers of the claims between their marks, in every Markdown cell.</summary>
    public static void RenderInto(Notebook notebook)
    {
        var claims = Of(notebook).Select(found => found.Claim).ToList();
        foreach (var cell in notebook.Cells.OfType<MarkdownCell>())
            cell.Source = ClaimText.Render(cell.Source, claims);
    }
}
