namespace LlmRabbitHoles.Hub;

/// <summary>Brings a model from the Hub into the cache.</summary>
/// <param name="endpoint">The server.</param>
/// <param name="cache">Where it goes.</param>
/// <param name="progress">Hears what happens, from several threads.</param>
public sealed class Pull(HubEndpoint endpoint, HubCache cache, IProgress<PullEvent> progress)
{
    private const int FilesAtOnce = 4;

    /// <summary>After how long without a byte a request is given up. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether snapshots get copies instead of links. Default false.</summary>
    public bool WithoutLinks { get; init; }

    /// <summary>The clock of timeouts and pauses. Default: the machine's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Pulls what is missing. When it fails or is cancelled, what has arrived stays for the next pull.</summary>
    /// <param name="name">The model.</param>
    /// <param name="revision">A branch, a tag or a commit.</param>
    /// <param name="file">The only file to pull; null for all that the engine reads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The snapshot's folder, or the file in it.</returns>
    /// <exception cref="HubException">The model cannot be had; the message says why.</exception>
    public async Task<string> RunAsync(
        RepositoryName name, string revision = HubCache.MainRevision, string? file = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ServedName.Revision(revision);
        using var client = new HubClient(endpoint, Timeout, Time);
        var source = new HubSource(client, Timeout, Time);
        var model = cache.ModelOf(name);
        var retries = new Retries(Time, (failure, pause) => progress.Report(new PullEvent.Retrying(failure.Message, pause)));
        try
        {
            var repository = await retries.RunAsync(token => client.DescribeAsync(name, revision, token), cancellationToken);
            var choice = file is null ? FileChoice.ForEngine(repository) : FileChoice.Only(repository, file);
            var files = await DescribeAsync(client, repository, choice.Taken, retries, cancellationToken);
            progress.Report(new PullEvent.Listed(
                repository.Commit, files.Count, files.Sum(f => f.Size!.Value), [.. choice.Left.Select(left => left.Path)]));
            await Parallel.ForEachAsync(
                files, new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken },
                async (one, token) => await BringAsync(source, model, repository, one, retries, token));
            model.WriteReference(revision, repository.Commit);
            return file is null ? model.SnapshotPath(repository.Commit) : model.FilePath(repository.Commit, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"The cache '{cache.Folder}' cannot be written: {e.Message.TrimEnd('.')}. " +
                "What has arrived is kept. Free or allow it, or name another place with HF_HOME, and run the same command again.", e);
        }
    }

    // A mirror may list names only; then each file is asked for its size and hash.
    private static async Task<IReadOnlyList<HubFile>> DescribeAsync(
        HubClient client, HubRepository repository, IReadOnlyList<HubFile> files, Retries retries, CancellationToken cancellationToken)
    {
        var described = new List<HubFile>();
        foreach (var file in files)
        {
            described.Add(file is { Size: not null, Blob: not null }
                ? file
                : await retries.RunAsync(token => client.DescribeAsync(repository, file, token), cancellationToken));
        }
        return described;
    }

    private static bool IsHere(string path, HubFile file) => ModelCache.ContentOf(path) is { } content && content.Length == file.Size;

    private async Task BringAsync(
        HubSource source, ModelCache model, HubRepository repository, HubFile file, Retries retries, CancellationToken cancellationToken)
    {
        var content = model.BlobPath(file.Blob!);
        using var hold = await BlobLock.TakeAsync(
            model, file.Blob!, Time, () => progress.Report(new PullEvent.Waiting(file.Path)), cancellationToken);
        string? isChecked = null;
        if (!IsHere(model.FilePath(repository.Commit, file.Path), file) && !IsHere(content, file))
        {
            using var download = new Download(
                source, repository, file, content, bytes => progress.Report(new PullEvent.Arrived(file.Path, bytes)));
            isChecked = await download.RunAsync(retries, cancellationToken);
        }
        if (!IsHere(model.FilePath(repository.Commit, file.Path), file))
            model.Link(repository.Commit, file.Path, file.Blob!, WithoutLinks);
        progress.Report(new PullEvent.Finished(file.Path, file.Size!.Value, isChecked));
    }
}
