namespace LlmRabbitHoles.CommandLine;

/// <summary><c>./rabbit</c> itself, which lies beside the bin/ that this program runs from.</summary>
internal static class RabbitScript
{
    /// <summary>Its absolute path.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "..", "rabbit"));
}
