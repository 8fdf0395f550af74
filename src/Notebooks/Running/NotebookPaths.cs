namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>A notebook to run.</summary>
/// <param name="Path">The file, as it was named or found.</param>
/// <param name="Inside">Its place below the folder that was named; its file name when the file itself was.</param>
public sealed record NotebookPath(string Path, string Inside);

/// <summary>Turns what the user named (files, folders, nothing) into the notebooks to run.</summary>
public static class NotebookPaths
{
    /// <summary>The folder that is meant when none is named.</summary>
    public const string DefaultFolder = "notebooks";

    /// <summary>
    /// The notebooks below <paramref name="paths"/>, folders searched through and through in ordinal order, each file once.
    /// </summary>
    /// <exception cref="FileNotFoundException">A path does not exist, is no notebook, or holds none; the message says which.</exception>
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
    /// Two files of one name would overwrite each other's copies; then all keep their folders from the working directory down.
    /// </summary>
    private static List<NotebookPath> WithDistinctPlaces(List<NotebookPath> found) =>
        found.DistinctBy(one => one.Inside).Count() == found.Count
            ? found
            : [.. found.Select(one => one with { Inside = Below(Path.GetRelativePath(Environment.CurrentDirectory, one.Path)) })];

    private static string Below(string relative) =>
        Path.Combine([.. relative.Split(Path.DirectorySeparatorChar).Where(part => part is not "..")])
            .TrimStart(Path.DirectorySeparatorChar);
}
