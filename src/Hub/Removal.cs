namespace LlmRabbitHoles.Hub;

/// <summary>Frees what a model takes in the cache.</summary>
internal sealed class Removal(ModelCache model)
{
    /// <param name="revision">The revision to remove; null for all there is.</param>
    /// <returns>Bytes freed.</returns>
    /// <exception cref="HubException">The model is not here, or is being pulled.</exception>
    public long Run(string? revision)
    {
        if (!Directory.Exists(model.Folder)) throw new HubException($"{model.Name} is not in the cache. ./rabbit models lists what is.");
        using var locks = BlobLock.TakeAll(model);
        return revision is null ? RemoveAll() : RemoveSnapshot(revision);
    }

    private long RemoveAll()
    {
        var bytes = AllBytes();
        Directory.Delete(model.Folder, recursive: true);
        return bytes;
    }

    private long RemoveSnapshot(string revision)
    {
        var snapshot = model.FindSnapshot(revision)
            ?? throw new HubException($"{model.Name} has no revision '{revision}' in the cache. ./rabbit models lists what is.");
        if (model.Snapshots().Count == 1) return RemoveAll();
        var before = AllBytes();
        foreach (var (_, commit, file) in model.References())
            if (commit == Path.GetFileName(snapshot)) File.Delete(file);
        var others = model.Snapshots().Where(other => other != snapshot).SelectMany(ModelCache.Files)
            .Select(file => file.Content.FullName).ToHashSet(StringComparer.Ordinal);
        var used = ModelCache.Files(snapshot).Select(file => file.Content.FullName).Except(others).ToHashSet(StringComparer.Ordinal);
        // Only contents: a user's own link may lead anywhere.
        foreach (var blob in model.Blobs())
            if (used.Contains(blob.FullName)) blob.Delete();
        Directory.Delete(snapshot, recursive: true);
        return before - AllBytes();
    }

    // A link counts nothing itself, and where a file is a copy it is one of the contents.
    private long AllBytes() => Directory.EnumerateFiles(model.Folder, "*", SearchOption.AllDirectories)
        .Select(path => new FileInfo(path)).Where(file => file.LinkTarget is null).Sum(file => file.Length);
}
