namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>The series that a notebook belongs to: its map and its words.</summary>
/// <param name="Root">The folder that holds tiers/ and notebooks/.</param>
/// <param name="Curriculum">The rabbit holes in reading order.</param>
/// <param name="Glossary">The words and the holes that explain them.</param>
public sealed record Series(string Root, Curriculum Curriculum, Glossary Glossary)
{
    /// <summary>The series of a notebook in notebooks/; null for one that lies elsewhere, such as a reader's own.</summary>
    /// <exception cref="CurriculumException">The map or the glossary is broken.</exception>
    public static Series? Of(string notebook)
    {
        var folder = Directory.GetParent(Path.GetFullPath(notebook));
        while (folder is not null && folder.Name != "notebooks")
            folder = folder.Parent;
        return folder?.Parent is { FullName: var root } && File.Exists(Path.Combine(root, "tiers", "glossary.json"))
            ? Load(root)
            : null;
    }

    /// <summary>The hole that a notebook is; null for one that the map does not have.</summary>
    public RabbitHole? HoleOf(string notebook) =>
        Curriculum.Find(Path.GetRelativePath(Root, Path.GetFullPath(notebook)).Replace('\\', '/'));

    private static Series Load(string root)
    {
        var curriculum = Curriculum.Load(root);
        return new(root, curriculum, Glossary.Load(root, curriculum));
    }
}
