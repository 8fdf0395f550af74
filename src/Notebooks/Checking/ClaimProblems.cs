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
        foreach (var cell in ran.Cells.OfType<MarkdownCell>())
        {
            foreach (var (id, line) in ClaimText.Placeholders(cell.Source).Where(placeholder => !known.Contains(placeholder.Id)))
                yield return $"Text cell '{cell.Id}', line {line}, shows {{{{{id}}}}}, and no cell makes that claim. {WayOut(id, known)}";
        }
    }

    private static string WayOut(string id, HashSet<string> known) => known.Count == 0
        ? $"Add Claim.That(\"{id}\", value, unit, within: (from, to)) as something that a cell shows."
        : $"Make it with Claim.That(\"{id}\", ...), or name one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
}
