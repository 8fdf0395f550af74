namespace LlmRabbitHoles.Hub;

/// <summary>One model's folder in the cache.</summary>
/// <param name="Name">The model.</param>
/// <param name="Folder">models--OWNER--NAME.</param>
/// <param name="LockFolder">Its folder under .locks.</param>
internal sealed record ModelCache(RepositoryName Name, string Folder, string LockFolder)
{
    private string BlobFolder => Path.Combine(Folder, "blobs");

    private string SnapshotFolder => Path.Combine(Folder, "snapshots");

    private string RefFolder => Path.Combine(Folder, "refs");

    /// <summary>Where a content lies.</summary>
    /// <exception cref="HubException">The blob's name is not safe.</exception>
    public string BlobPath(string blob) => Path.Combine(BlobFolder, ServedName.Blob(blob));

    /// <summary>Where a file of a revision lies.</summary>
    /// <exception cref="HubException">The commit or the path is not safe.</exception>
    public string FilePath(string commit, string path) =>
        Path.Combine(SnapshotPath(commit), Path.Combine(ServedName.Path(path).Split('/')));

    /// <summary>Where a revision lies.</summary>
    public string SnapshotPath(string commit) => Path.Combine(SnapshotFolder, ServedName.Commit(commit));

    /// <summary>The folders of all revisions.</summary>
    public IReadOnlyList<string> Snapshots() => Directory.Exists(SnapshotFolder) ? Directory.GetDirectories(SnapshotFolder) : [];

    /// <summary>The contents, those that are only begun among them.</summary>
    public IReadOnlyList<FileInfo> Blobs() => Directory.Exists(BlobFolder) ? new DirectoryInfo(BlobFolder).GetFiles() : [];

    /// <summary>The folder of a revision; null where it was not pulled.</summary>
    /// <param name="revision">A branch, a tag or a commit.</param>
    public string? FindSnapshot(string revision)
    {
        var reference = Path.Combine(RefFolder, Path.Combine(ServedName.Revision(revision).Split('/')));
        var commit = File.Exists(reference) ? File.ReadAllText(reference).Trim() : revision;
        var snapshot = Path.Combine(SnapshotFolder, commit);
        return ServedName.IsCommit(commit) && Directory.Exists(snapshot) ? snapshot : null;
    }

    /// <summary>The names of all branches and tags with their commits.</summary>
    public IEnumerable<(string Revision, string Commit, string File)> References() => !Directory.Exists(RefFolder)
        ? []
        : from file in Directory.EnumerateFiles(RefFolder, "*", SearchOption.AllDirectories)
          where !file.EndsWith(".tmp", StringComparison.Ordinal)
          select (Path.GetRelativePath(RefFolder, file).Replace('\\', '/'), File.ReadAllText(file).Trim(), file);

    /// <summary>Notes the commit of a branch or tag. A commit needs no note.</summary>
    public void WriteReference(string revision, string commit)
    {
        if (revision == commit) return;
        var file = Path.Combine(RefFolder, Path.Combine(ServedName.Revision(revision).Split('/')));
        if (File.Exists(file) && File.ReadAllText(file) == commit) return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var aside = $"{file}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        File.WriteAllText(aside, commit);
        File.Move(aside, file, overwrite: true);
    }

    /// <summary>Makes a content a file of a revision: a link, or a copy where links are impossible or not wanted.</summary>
    /// <param name="commit">The revision.</param>
    /// <param name="path">The file within it.</param>
    /// <param name="blob">Its content, which is there.</param>
    /// <param name="withoutLinks">Whether to copy.</param>
    public void Link(string commit, string path, string blob, bool withoutLinks)
    {
        var (file, content) = (FilePath(commit, path), BlobPath(blob));
        var folder = Path.GetDirectoryName(file)!;
        var target = Path.GetRelativePath(folder, content);
        if (new FileInfo(file).LinkTarget == target) return;
        Directory.CreateDirectory(folder);
        var aside = $"{file}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        if (withoutLinks || !TryLink(aside, target)) File.Copy(content, aside);
        File.Move(aside, file, overwrite: true);
    }

    /// <summary>The revisions as a user sees them.</summary>
    public IEnumerable<CachedModel> Describe()
    {
        var references = References().ToLookup(reference => reference.Commit, reference => reference.Revision);
        return from snapshot in Snapshots()
               let commit = Path.GetFileName(snapshot)
               let files = Files(snapshot).ToList()
               where files.Count > 0
               select new CachedModel(
                   Name, commit, [.. references[commit].Order(StringComparer.Ordinal)], files.Sum(file => file.Content.Length),
                   CachedModel.FormatOf(files.Select(file => file.Path)), files.Max(LastUsed), snapshot);
    }

    /// <summary>The file itself, of which the path may be a link; null where it leads to nothing.</summary>
    public static FileInfo? ContentOf(string path)
    {
        var file = new FileInfo(path);
        var content = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return content is { Exists: true } ? content : null;
    }

    /// <summary>The files of a snapshot with what they link to; a link to nothing is left out.</summary>
    public static IEnumerable<(string Path, FileInfo Content)> Files(string snapshot) =>
        from path in Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories)
        let content = ContentOf(path)
        where content is not null
        select (path, content);

    // A file system may not note reading at all.
    private static DateTimeOffset LastUsed((string Path, FileInfo Content) file) =>
        new(Math.Max(file.Content.LastAccessTimeUtc.Ticks, file.Content.LastWriteTimeUtc.Ticks), TimeSpan.Zero);

    // Windows lets only some users make links, and some file systems have none.
    private static bool TryLink(string file, string target)
    {
        try
        {
            File.CreateSymbolicLink(file, target);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
