namespace LlmRabbitHoles.Hub;

/// <summary>Keeps two programs from pulling the same content at once.</summary>
/// <remarks>
/// On Unix .NET's exclusive opening is a flock, as huggingface_hub's file lock is; each waits for the other. The file stays when the lock
/// ends: a program that waits may hold it open already.
/// </remarks>
internal sealed class BlobLock : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    // EWOULDBLOCK on Linux and macOS; a sharing or lock violation on Windows.
    private static readonly int[] _held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];
    private readonly List<FileStream> _files = [];

    private BlobLock()
    {
    }

    /// <summary>Waits for the lock of one content.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="blob">The content.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="onWait">Called once, if another program has the lock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<BlobLock> TakeAsync(
        ModelCache model, string blob, TimeProvider time, Action onWait, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(model.LockFolder);
        var file = Path.Combine(model.LockFolder, $"{ServedName.Blob(blob)}.lock");
        for (var waits = false; ; waits = true)
        {
            if (TryOpen(file) is { } stream) return new BlobLock { _files = { stream } };
            if (!waits) onWait();
            await Task.Delay(_pause, time, cancellationToken);
        }
    }

    /// <summary>Takes all locks of a model, or none.</summary>
    /// <exception cref="HubException">Another program has one of them.</exception>
    public static BlobLock TakeAll(ModelCache model)
    {
        var all = new BlobLock();
        if (!Directory.Exists(model.LockFolder)) return all;
        foreach (var file in Directory.EnumerateFiles(model.LockFolder, "*.lock"))
        {
            if (TryOpen(file) is { } stream)
            {
                all._files.Add(stream);
                continue;
            }
            all.Dispose();
            throw new HubException($"{model.Name} is being pulled by another program. Wait for it, or stop it, then try again.");
        }
        return all;
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private static FileStream? TryOpen(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (_held.Contains(e.HResult))
        {
            return null;
        }
    }
}
