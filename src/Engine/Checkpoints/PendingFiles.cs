using System.Text;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Files of one folder that appear whole or not at all: written aside, flushed to the disk, then renamed.</summary>
internal sealed class PendingFiles : IDisposable
{
    private const string Suffix = ".partial";

    private readonly string _folder;
    private readonly bool _created;
    private readonly List<string> _names = [];
    private readonly HashSet<string> _committed = new(StringComparer.Ordinal);
    private readonly List<string> _outdated = [];

    /// <param name="folder">Made when it does not exist, and removed again when nothing is committed.</param>
    /// <exception cref="CheckpointException">The folder cannot be made.</exception>
    public PendingFiles(string folder)
    {
        _folder = folder;
        RefuseBelowFile(folder);
        _created = !Directory.Exists(folder);
        Guard(folder, () => Directory.CreateDirectory(folder));
    }

    /// <summary>The full path of a file to be written: a link is followed, and what is not a file is refused.</summary>
    /// <exception cref="CheckpointException">There is a folder, a device, a pipe or a socket.</exception>
    public static string Target(string path)
    {
        try
        {
            return OutputFile.Resolve(path);
        }
        catch (IOException e)
        {
            throw new CheckpointException(e.Message, e);
        }
    }

    /// <summary>Writes one file aside.</summary>
    /// <param name="name">Its name in the folder once committed.</param>
    /// <param name="length">How long it will be, so that a full disk shows before the work is done; 0 where that is not known.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="CheckpointException">The disk is full, or the folder cannot be written to.</exception>
    public void Write(string name, long length, Action<Stream> write)
    {
        _names.Add(name);
        Guard(Path.Combine(_folder, name), () =>
        {
            using var file = new FileStream(
                Aside(name), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = length });
            write(file);
            file.Flush(flushToDisk: true);
        });
    }

    /// <summary>Has one file written aside by something that takes a path.</summary>
    /// <param name="name">Its name in the folder once committed.</param>
    /// <param name="write">Writes the whole file to the path that it is given.</param>
    /// <exception cref="CheckpointException">The disk is full, or the folder cannot be written to.</exception>
    public void Write(string name, Action<string> write)
    {
        _names.Add(name);
        Guard(Path.Combine(_folder, name), () => write(Aside(name)));
    }

    /// <summary>Writes one text file aside.</summary>
    /// <param name="name">Its name in the folder once committed.</param>
    /// <param name="text">The content, written as UTF-8.</param>
    /// <exception cref="CheckpointException">The disk is full, or the folder cannot be written to.</exception>
    public void Write(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(name, bytes.Length, file => file.Write(bytes));
    }

    /// <summary>The files written aside, in the order in which they will be put in place.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Where a file lies until it is committed.</summary>
    /// <param name="name">Its name in the folder once committed.</param>
    public string Aside(string name) => Path.Combine(_folder, name + Suffix);

    /// <summary>
    /// Has an older file removed before any is put in place: it tells of the others, and would tell wrongly of some new and some old ones.
    /// </summary>
    /// <param name="name">Its name in the folder; it need not be there.</param>
    public void RemoveBeforeCommit(string name) => _outdated.Add(name);

    /// <summary>Puts all files in place, over older ones.</summary>
    /// <exception cref="CheckpointException">A file cannot be put in place.</exception>
    public void Commit()
    {
        foreach (var name in _outdated)
            Guard(Path.Combine(_folder, name), () => File.Delete(Path.Combine(_folder, name)));
        foreach (var name in _names)
            Guard(
                Path.Combine(_folder, name),
                () => File.Move(Aside(name), OutputFile.Resolve(Path.Combine(_folder, name)), overwrite: true));
        _committed.UnionWith(_names);
        _names.Clear();
    }

    /// <summary>Removes files of the folder that were there before and would be read together with those just committed.</summary>
    /// <param name="stale">Says by its name whether a file is such a one.</param>
    /// <exception cref="CheckpointException">A file cannot be removed.</exception>
    public void RemoveOthers(Predicate<string> stale)
    {
        foreach (var path in Directory.GetFiles(_folder))
            if (stale(Path.GetFileName(path)) && !_committed.Contains(Path.GetFileName(path)))
                Guard(path, () => File.Delete(path));
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        foreach (var path in _names.SelectMany(name => Directory.GetFiles(_folder, name + Suffix + "*")))
            File.Delete(path);
        if (_created && Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any())
            Directory.Delete(_folder);
    }

    private static void RefuseBelowFile(string folder)
    {
        for (var above = Path.GetFullPath(folder); above is not null; above = Path.GetDirectoryName(above))
            if (File.Exists(above))
                throw new CheckpointException($"'{above}' is a file, so nothing can be written below it. Name another folder.");
    }

    private static void Guard(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"'{path}' could not be written: {e.Message.TrimEnd('.')}. No file was left half-written; " +
                "free space or choose another folder, and save again.", e);
        }
    }
}
