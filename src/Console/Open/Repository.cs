namespace LlmRabbitHoles.CommandLine;

/// <summary>The folder that this program was built in: it lies in bin/ below it.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));

    /// <summary>Where the book goes by default.</summary>
    public static string DefaultBook { get; } = Path.Combine(Root, "out", "book");
}
