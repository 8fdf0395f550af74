using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Finds the rabbit hole that a reader names.</summary>
internal static class HoleName
{
    public const string Description = "Its id, its number on the map, its title or its notebook. Default: where the series begins.";

    /// <exception cref="UsageException">No hole has that name, or it is not written yet; the message says which do.</exception>
    public static RabbitHole Find(Curriculum curriculum, string? name)
    {
        if (name is null)
            return curriculum.Root;
        if (curriculum.Find(name) is not { } hole)
            throw new UsageException($"There is no rabbit hole '{name}'; {Instead(curriculum, name)}");
        return hole.Notebook is not null
            ? hole
            : throw new UsageException($"The rabbit hole '{hole.Id}' is planned and not written yet; {Written(curriculum)}");
    }

    private static string Instead(Curriculum curriculum, string name) =>
        curriculum.NearestTo(name, EditDistance.Between) is { Count: > 0 } near
            ? $"did you mean {string.Join(" or ", near)}?"
            : Written(curriculum);

    private static string Written(Curriculum curriculum) =>
        $"these are written: {string.Join(", ", curriculum.Holes.Where(hole => hole.Notebook is not null).Select(hole => hole.Id))}.";
}
