namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>How a kernel process is started.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record KernelProgram(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>
    /// <c>dotnet rabbit.dll kernel --stdio</c>, with the rabbit.dll beside this assembly, or in bin/ of a folder above it.
    /// </summary>
    /// <exception cref="FileNotFoundException">The console isn't built.</exception>
    public static KernelProgram Default => new(DotNet, [FindConsole(), "kernel", "--stdio"]);

    internal static string DotNet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string FindConsole()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "rabbit.dll");
        if (File.Exists(beside))
            return beside;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var inBin = Path.Combine(folder.FullName, "bin", "rabbit.dll");
            if (File.Exists(inBin))
                return inBin;
        }

        throw new FileNotFoundException(
            $"rabbit.dll is neither in '{AppContext.BaseDirectory}' nor in bin/ of a folder above it. "
            + "Build it: dotnet build -c Release src/Console.",
            beside);
    }
}
