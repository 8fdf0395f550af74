using System.Collections.Immutable;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Finds the cells that no code can name any more.</summary>
/// <remarks>
/// Readers run cells repeatedly. An earlier run of a cell can go when all its declarations have been redeclared and no cell that
/// stays was compiled against it, which means that its code has one of those names.
/// </remarks>
internal static class Superseded
{
    /// <summary>The cells without those that can go.</summary>
    public static ImmutableList<KeptCell> LeftOutOf(ImmutableList<KeptCell> cells)
    {
        while (FindOne(cells) is { } gone)
            cells = cells.Remove(gone);
        return cells;
    }

    private static KeptCell? FindOne(ImmutableList<KeptCell> cells)
    {
        var newest = new Dictionary<string, KeptCell>(StringComparer.Ordinal);
        foreach (var cell in cells)
        {
            foreach (var declaration in cell.Declarations)
                newest[declaration] = cell;
        }

        return cells.Find(cell => cell.OnlyDeclares
            && cell.Declarations.All(declaration => !ReferenceEquals(newest[declaration], cell))
            && !cells.Exists(other => other.Mentions.Overlaps(cell.Names)));
    }
}
