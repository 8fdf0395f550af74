using System.Net.Http.Headers;

namespace LlmRabbitHoles.Hub;

/// <summary>One content on its way into the cache. What has arrived lies in BLOB.incomplete, and the next try, or the next program, goes on
/// from there.</summary>
/// <param name="source">The server.</param>
/// <param name="repository">The revision.</param>
/// <param name="file">One of its files, with size and blob.</param>
/// <param name="target">Where the content belongs.</param>
/// <param name="onBytes">Hears how many bytes are here.</param>
internal sealed class Download(HubSource source, HubRepository repository, HubFile file, string target, Action<long> onBytes) : IDisposable
{
    // So much, each time all tries are used up, is a connection that is bad but works.
    private const int WorthGoingOn = 1024 * 1024;

    private readonly BlobHash _hash = new(file.Blob!, file.Size!.Value);
    private readonly byte[] _buffer = new byte[128 * 1024];
    private FileStream? _part;
    private EntityTagHeaderValue? _validator;
    private bool _isContinued;

    private string PartPath => target + ".incomplete";

    private long Size => file.Size!.Value;

    private FileStream Part =>
        _part ??= new FileStream(PartPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    /// <summary>Fetches what is missing, checks the content and gives it its name.</summary>
    /// <param name="retries">Repeats what failed in passing.</param>
    /// <param name="cancellationToken">Leaves what has arrived.</param>
    /// <returns>What was checked, such as SHA-256.</returns>
    /// <exception cref="HubException">The server fails for good, or sends another content than it lists.</exception>
    public async Task<string> RunAsync(Retries retries, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await ReadPartAsync(cancellationToken);
        while (true)
        {
            var before = Part.Length;
            try
            {
                await retries.RunAsync(TryAsync, cancellationToken);
                break;
            }
            catch (HubException e) when (e.InnerException is PassingException && Part.Length - before >= WorthGoingOn)
            {
            }
        }
        await Part.DisposeAsync();
        File.Move(PartPath, target, overwrite: true);
        return _hash.Kind;
    }

    public void Dispose()
    {
        _part?.Dispose();
        _hash.Dispose();
    }

    // What an earlier program left counts into the hash as if it came now.
    private async Task ReadPartAsync(CancellationToken cancellationToken)
    {
        if (Part.Length > Size) Restart();
        _isContinued = Part.Length > 0;
        for (long at = 0, length = Part.Length; at < length;)
        {
            var count = await Part.ReadAsync(_buffer, cancellationToken);
            if (count == 0) throw new EndOfStreamException($"'{PartPath}' ends at byte {at} of {length}.");
            _hash.Append(_buffer.AsSpan(0, count));
            at += count;
        }
        onBytes(Part.Length);
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        if (Part.Length < Size) await FetchAsync(cancellationToken);
        if (_hash.Mismatch() is not { } found) return true;
        var again = _isContinued;
        Restart();
        // The part may have been another file's; a content that came in one piece is the server's own mistake.
        if (again) throw new PassingException($"'{file.Path}' was continued and does not have the hash that is listed", TimeSpan.Zero);
        await Part.DisposeAsync();
        File.Delete(PartPath);
        throw new HubException($"'{file.Path}' of {repository.Name} arrived with {_hash.Kind} {found}; the repository lists {file.Blob}. " +
            "It was deleted. Try again; if it stays so, the server's copy is damaged.");
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        using var patience = source.Patience(cancellationToken);
        var from = Part.Length;
        using var body = await source.Client.OpenAsync(repository, file, from, _validator, patience);
        var hasChanged = from > 0 && _validator is not null && body.Validator is not null && !Equals(body.Validator, _validator);
        _validator = body.Validator;
        if (body.Offset != from || !body.IsUsable || hasChanged) Restart();
        if (!body.IsUsable || (hasChanged && body.Offset > 0))
            throw new PassingException($"'{file.Path}' cannot be continued on this server; it begins again", TimeSpan.Zero);
        while (await body.ReadAsync(_buffer, patience) is > 0 and var count)
        {
            if (Part.Length + count > Size) throw TooLong();
            await Part.WriteAsync(_buffer.AsMemory(0, count), cancellationToken);
            _hash.Append(_buffer.AsSpan(0, count));
            onBytes(Part.Length);
        }
        if (Part.Length < Size) throw new PassingException($"'{file.Path}' ends after {Part.Length:N0} of {Size:N0} bytes");
    }

    private HubException TooLong()
    {
        Restart();
        return new HubException($"The server sends more than the {Size:N0} bytes that the repository lists for '{file.Path}'. " +
            "The file is not kept. Try again, or check HF_ENDPOINT.");
    }

    private void Restart()
    {
        Part.SetLength(0);
        _hash.Restart();
        _isContinued = false;
        onBytes(0);
    }
}
