namespace LlmRabbitHoles.Checkpoints;

/// <summary>Finds the folder of a model that is not given by its path.</summary>
public static class ModelFolder
{
    private const string Models = "data/models";

    /// <summary><c>RABBIT_MODEL</c>, else Alice, found upwards from the working directory or from where the engine lies.</summary>
    /// <returns>A path; Alice's own place relative to the working directory where she is nowhere.</returns>
    public static string Default()
    {
        return Environment.GetEnvironmentVariable("RABBIT_MODEL") is { Length: > 0 } named ? named : Named("alice");
    }

    /// <summary>A model of the repository, found upwards from the working directory or from where the engine lies.</summary>
    /// <param name="name">Such as alice-base.</param>
    /// <returns>A path; the model's own place relative to the working directory where it is nowhere.</returns>
    public static string Named(string name)
    {
        var place = $"{Models}/{name}";
        return Upwards(Directory.GetCurrentDirectory()).Concat(Upwards(AppContext.BaseDirectory))
            .Concat(Upwards(Path.GetDirectoryName(typeof(ModelFolder).Assembly.Location)))
            .Select(folder => Path.Combine(folder, place)).FirstOrDefault(Directory.Exists) ?? place;
    }

    private static IEnumerable<string> Upwards(string? folder)
    {
        for (; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
