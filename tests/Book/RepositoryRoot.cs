namespace LlmRabbitHoles.Book.Tests;

/// <summary>The folder of the checked-out repository, found upwards from the tests.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "LlmRabbitHoles.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException(
                $"No folder above '{AppContext.BaseDirectory}' holds LlmRabbitHoles.sln.");
        return folder.FullName;
    }
}
