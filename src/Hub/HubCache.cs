namespace LlmRabbitHoles.Hub;

/// <summary>The folder in which all of Hugging Face's tools keep what they downloaded.</summary>
/// <param name="folder">Such as ~/.cache/huggingface/hub.</param>
/// <remarks>
/// <code>
/// models--OWNER--NAME/
///   blobs/BLOB                    contents, named by their hash; BLOB.incomplete while one arrives
///   snapshots/COMMIT/PATH         links into blobs: the revision as a folder that a program can load
///   refs/REVISION                 the commit of a branch or tag
/// .locks/models--OWNER--NAME/BLOB.lock
/// </code>
/// huggingface_hub, <c>file_download.py</c>.
/// </remarks>
public sealed class HubCache(string folder)
{
    /// <summary>The revision that is meant where none is named.</summary>
    public const string MainRevision = "main";

    /// <summary>The cache's own folder, which need not exist.</summary>
    public string Folder => folder;

    /// <summary>The cache that the environment names.</summary>
    /// <param name="environment">Its variables.</param>
    public static HubCache Of(HubEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new HubCache(environment.CacheFolder);
    }

    /// <summary>The folder of a model's revision.</summary>
    /// <param name="name">The model.</param>
    /// <param name="revision">A branch, a tag or a commit; null means main, or the only revision there is.</param>
    /// <returns>A full path; null where the revision was not pulled.</returns>
    public string? FindSnapshot(RepositoryName name, string? revision = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var model = ModelOf(name);
        if (revision is not null) return model.FindSnapshot(revision);
        return model.FindSnapshot(MainRevision) ?? (model.Snapshots() is [var only] ? only : null);
    }

    /// <summary>The models that are here, by name, then by when they were last used.</summary>
    public IReadOnlyList<CachedModel> Models()
    {
        if (!Directory.Exists(folder)) return [];
        var models =
            from place in Directory.EnumerateDirectories(folder, "models--*")
            let name = RepositoryName.FromFolder(Path.GetFileName(place))
            where name is not null
            from model in ModelOf(name).Describe()
            orderby name.ToString(), model.LastUsed descending
            select model;
        return [.. models];
    }

    /// <summary>Removes a model, or one revision of it with the contents that no other revision uses.</summary>
    /// <param name="name">The model.</param>
    /// <param name="revision">A branch, a tag or a commit; null for all there is.</param>
    /// <returns>Bytes freed.</returns>
    /// <exception cref="HubException">The model is not here, or is being pulled.</exception>
    public long Remove(RepositoryName name, string? revision = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Removal(ModelOf(name)).Run(revision);
    }

    internal ModelCache ModelOf(RepositoryName name) =>
        new(name, Path.Combine(folder, name.FolderName), Path.Combine(folder, ".locks", name.FolderName));
}
