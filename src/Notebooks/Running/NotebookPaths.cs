namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>A notebook to run.</summary>
/// <param name="Path">The file's path, as given or found.</param>
/// <param name="Inside">The path below the given folder; the file name when the file itself was given.</param>
public sealed record NotebookPath(string Path, string Inside);

/// <summary>Turns the user's arguments (files, folders or nothing) into the notebooks to run.</summary>
public static class NotebookPaths
{
    /// <summary>The folder that is searched when no argument is given.</summary>
    public const string DefaultFolder = "notebooks";

    /// <summary>
    /// The notebooks below <paramref name="paths"/>. Folders are searched recursively in ordinal order; each file occurs once.
    /// </summary>
    /// <exception cref="FileNotFoundException">A path does not exist, is not a notebook,
    /// or holds no notebook; the message says which.</exception>
    public static IReadOnlyList<NotebookPath> Expand(IEnumerable<string> paths)
    {
        var named = paths.ToList();
        if (named.Count == 0)
            named.Add(DefaultFolder);
        return WithDistinctPlaces([.. named.SelectMany(ExpandOne).DistinctBy(found => Path.GetFullPath(found.Path))]);
    }

    private static IEnumerable<NotebookPath> ExpandOne(string path)
    {
        if (File.Exists(path))
        {
            return IsNotebook(path)
                ? [new NotebookPath(path, Path.GetFileName(path))]
                : throw new FileNotFoundException($"'{path}' is not a notebook: its name does not end in .ipynb.", path);
        }

        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no notebook or folder '{path}' in '{Environment.CurrentDirectory}'.", path);
        var found = Directory.EnumerateFiles(path, "*.ipynb", SearchOption.AllDirectories)
            .Where(file => !IsHidden(Path.GetRelativePath(path, file)))
            .Order(StringComparer.Ordinal)
            .Select(file => new NotebookPath(file, Path.GetRelativePath(path, file)))
            .ToList();
        return found.Count > 0 ? found : throw new FileNotFoundException($"The folder '{path}' holds no notebook (*.ipynb).", path);
    }

    private static bool IsNotebook(string path) => path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase);

    /// <summary>Editors keep their own copies in folders such as .ipynb_checkpoints.</summary>
    private static bool IsHidden(string path) => path.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));

    /// <summary>
    /// Copies of two files with one name would overwrite each other; then all copies keep their folders.
    /// </summary>
    private static List<NotebookPath> WithDistinctPlaces(List<NotebookPath> found) =>
        found.DistinctBy(one => one.Inside).Count() == found.Count
            ? found
            : [.. found.Select(one => one with { Inside = Below(Path.GetRelativePath(Environment.CurrentDirectory, one.Path)) })];

    private static string Below(string relative) =>
        Path.Combine([.. relative.Split(Path.DirectorySeparatorChar).Where(part => part is not "..")])
            .TrimStart(Path.DirectorySeparatorChar);
}
