namespace LlmRabbitHoles.Book.Tests;

/// <summary>npm and Node.js, which make the book.</summary>
internal static class NodeJs
{
    /// <summary>Whether a test may be skipped without them; never in CI.</summary>
    public static bool IsMissing { get; } = Environment.GetEnvironmentVariable("CI") != "true"
        && !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(
            folder => File.Exists(Path.Combine(folder, "npm")));

    /// <summary>Skips the test when they are missing.</summary>
    public static void Needed()
    {
        if (IsMissing)
            Assert.Skip("There is no npm in PATH, which makes the book: sudo apt-get install npm");
    }
}
