namespace LlmRabbitHoles.Generation;

/// <summary>Which model is meant when none is named.</summary>
public static class ModelFolder
{
    private const string Alice = "data/models/alice";

    /// <summary><c>RABBIT_MODEL</c>, else Alice, found upwards from the working directory or from where the engine lies.</summary>
    /// <returns>A path; Alice's own place relative to the working directory where she is nowhere.</returns>
    public static string Default()
    {
        if (Environment.GetEnvironmentVariable("RABBIT_MODEL") is { Length: > 0 } named) return named;
        return Upwards(Directory.GetCurrentDirectory()).Concat(Upwards(AppContext.BaseDirectory))
            .Concat(Upwards(Path.GetDirectoryName(typeof(ModelFolder).Assembly.Location)))
            .Select(folder => Path.Combine(folder, Alice)).FirstOrDefault(Directory.Exists) ?? Alice;
    }

    private static IEnumerable<string> Upwards(string? folder)
    {
        for (; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
