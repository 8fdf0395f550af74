using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The folder that this program was built in: it lies in bin/ below it.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));

    /// <summary>The full path of a written hole's notebook.</summary>
    public static string NotebookOf(RabbitHole hole) => Path.Combine([Root, .. hole.Notebook!.Split('/')]);

    /// <summary>
    /// Where the reader's own copy of it lies once it is made: in my/, as deep as the original, so that its links lead on.
    /// </summary>
    public static string OwnCopyOf(RabbitHole hole) => Path.Combine([Root, "my", .. hole.Notebook!.Split('/')[1..]]);

    /// <summary>Where the book goes by default.</summary>
    public static string DefaultBook { get; } = Path.Combine(Root, "out", "book");
}
