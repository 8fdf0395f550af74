namespace LlmRabbitHoles.Tests;

/// <summary>Files of the repository that are not copied beside the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Alice => Path.Combine(Root, "data", "models", "alice");

    /// <summary>The chat template that Alice is trained with.</summary>
    public static string AliceTemplate => File.ReadAllText(Path.Combine(Root, "src", "Alice", "chat_template.jinja"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LlmRabbitHoles.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
