using System.Collections.Immutable;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Finds the cells that nothing can name any more.</summary>
/// <remarks>
/// A reader runs cells over and over. The cell of the last time can go when all that it declared has been declared anew and no cell that
/// stays was written with it in sight: one that has any of its names in its code.
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
