using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>Finds claims that share an id, and text that names a claim that no cell makes.</summary>
internal static class ClaimProblems
{
    public static IEnumerable<string> Of(Notebook ran)
    {
        var claims = NotebookClaims.Of(ran);
        foreach (var twice in claims.GroupBy(found => found.Claim.Id).Where(group => group.Count() > 1))
        {
            yield return $"The claim '{twice.Key}' is made {twice.Count()} times, " +
                $"in cells {string.Join(" and ", twice.Select(found => found.Cell))}. " +
                "Give each its own name, so that the text can say which it means.";
        }

        var known = claims.Select(found => found.Claim.Id).ToHashSet();
        foreach (var (cell, mark) in Marks(ran))
        {
            if (!known.Contains(mark.Id))
                yield return $"{Place(cell, mark)} shows '{mark.Id}', and no cell makes that claim. {WayOut(mark.Id, known)}";
            if (mark.BeginsLine)
                yield return $"{Place(cell, mark)} begins with the mark of '{mark.Id}', so that Markdown takes the line for raw HTML. " +
                    "Put a word before it.";
        }
    }

    /// <summary>Marked numbers that are not those of the notebook's own outputs.</summary>
    public static IEnumerable<string> Stale(Notebook stored)
    {
        var claims = NotebookClaims.Of(stored).Select(found => found.Claim).DistinctBy(claim => claim.Id).ToDictionary(claim => claim.Id);
        foreach (var (cell, mark) in Marks(stored))
        {
            if (claims.TryGetValue(mark.Id, out var claim) && claim.Prose != mark.Text)
                yield return $"{Place(cell, mark)} says '{mark.Text}' for '{mark.Id}'; the stored run gave '{claim.Prose}'. " +
                    "./rabbit run --update writes the run's numbers into the text.";
        }
    }

    private static string Place(string cell, MarkedNumber mark) => $"Text cell '{cell}', line {mark.Line},";

    private static IEnumerable<(string Cell, MarkedNumber Mark)> Marks(Notebook notebook) =>
        from cell in notebook.Cells.OfType<MarkdownCell>()
        from mark in ClaimText.Marks(cell.Source)
        select (cell.Id, mark);

    private static string WayOut(string id, HashSet<string> known) => known.Count == 0
        ? $"Add Claim.That(\"{id}\", value, unit, within: (from, to)) as something that a cell shows."
        : $"Make it with Claim.That(\"{id}\", ...), or name one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
}
