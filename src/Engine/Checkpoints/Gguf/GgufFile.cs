using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>One GGUF file, mapped into memory: its header is read and checked at once, its tensors when asked for.</summary>
internal sealed class GgufFile : IDisposable
{
    private readonly MappedFile _map;
    private readonly Dictionary<string, GgufEntry> _entries;

    private GgufFile(string path, GgufSettings settings, IReadOnlyList<GgufEntry> entries, MappedFile map)
    {
        (Path, Settings, Entries, _map) = (path, settings, entries, map);
        _entries = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's path, as given.</summary>
    public string Path { get; }

    /// <summary>All keys and values.</summary>
    public GgufSettings Settings { get; }

    /// <summary>All tensors, in the order of the header.</summary>
    public IReadOnlyList<GgufEntry> Entries { get; }

    /// <summary>Whether a path leads to a file that is to be read as GGUF.</summary>
    public static bool IsOne(string path) => File.Exists(path) && path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Maps a file and checks its header.</summary>
    /// <param name="path">A GGUF file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, is cut off, or its header is wrong.</exception>
    public static GgufFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            // Opening a pipe would wait for someone to write to it.
            if (new FileInfo(path).Length == 0)
                throw new CheckpointException($"'{path}' is empty, or is not a file on a disk. Download it again, or name another.");
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var (settings, entries) = GgufReader.Read(path, file);
            return new(path, settings, entries, MappedFile.Of(file));
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new CheckpointException($"'{path}' cannot be read: {e.Message.TrimEnd('.')}. Check its permissions and the disk.", e);
            throw;
        }
    }

    /// <summary>Whether the file holds a tensor of that name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Where one tensor lies and what it is.</summary>
    /// <exception cref="CheckpointException">The file holds no such tensor.</exception>
    public GgufEntry this[string name] => _entries.TryGetValue(name, out var entry) ? entry : throw new CheckpointException(
        $"'{Path}' holds no tensor '{name}' among its {Entries.Count}. Download the file again, or convert the model again.");

    /// <summary>A tensor of plain numbers.</summary>
    /// <returns>On the CPU in the stored dtype and shape, owned by the caller's scope.</returns>
    public Tensor Read(GgufEntry entry) => _map.TensorAt(entry.Offset, entry.Type.Dtype!.Value, [.. entry.Shape]);

    /// <summary>Rows of a matrix in blocks.</summary>
    /// <param name="entry">Of two axes.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <returns>The caller owns it.</returns>
    public BlockMatrix ReadBlocks(GgufEntry entry, long first, long count)
    {
        var rowBytes = entry.Type.BytesOf(entry.Shape[^1]);
        return new(entry.Type.Blocks!, _map.TensorAt(entry.Offset + (first * rowBytes), ScalarType.Byte, [count, rowBytes]));
    }

    /// <summary>Ends the mapping. Tensors that were read stay valid.</summary>
    public void Dispose() => _map.Dispose();
}
