namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The folders where Jupyter looks for kernels, found without asking Jupyter.</summary>
/// <remarks>https://docs.jupyter.org/en/stable/use/jupyter-directories.html</remarks>
internal static class JupyterFolders
{
    /// <summary>The reader's own data folder.</summary>
    public static string User => Variable("JUPYTER_DATA_DIR") ?? (
        OperatingSystem.IsWindows() ? Path.Combine(Variable("APPDATA") ?? Home, "jupyter")
        : OperatingSystem.IsMacOS() ? Path.Combine(Home, "Library", "Jupyter")
        : Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(Home, ".local", "share"), "jupyter"));

    /// <summary>Every data folder, in Jupyter's order of precedence.</summary>
    public static IReadOnlyList<string> All =>
    [
        .. Variable("JUPYTER_PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
        User,
        .. Variable("VIRTUAL_ENV") is { } environment ? [OfPrefix(environment)] : Array.Empty<string>(),
        "/usr/local/share/jupyter",
        "/usr/share/jupyter",
    ];

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The data folder of an installation of Python.</summary>
    public static string OfPrefix(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter");

    /// <summary>The folder of a kernel in a data folder.</summary>
    public static string OfKernel(string dataFolder, string name) => Path.Combine(dataFolder, "kernels", name);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
