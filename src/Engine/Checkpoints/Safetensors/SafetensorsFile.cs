namespace LlmRabbitHoles.Checkpoints;

/// <summary>
/// One <c>*.safetensors</c> file, mapped into memory: its header is read and checked at once, its tensors when asked for.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MappedFile _map;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    private SafetensorsFile(string path, SafetensorsHeader header, MappedFile map)
    {
        Path = path;
        Metadata = header.Metadata;
        Entries = header.Entries;
        _entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        _map = map;
    }

    /// <summary>The file's path, as given.</summary>
    public string Path { get; }

    /// <summary>All tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Free texts of the writer, such as format = pt.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Maps a file and checks its header.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, is truncated or too long, or its header is wrong.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            // Opening a pipe would wait for someone to write to it.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
                throw new CheckpointException($"'{path}' is empty, or is not a file on a disk. Download it again, or name another.");
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var header = SafetensorsHeader.Read(path, file);
            return new(path, header, MappedFile.Of(file));
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is FileNotFoundException or DirectoryNotFoundException)
                throw new CheckpointException($"'{path}' does not exist. Check the folder, or download the file.", e);
            if (e is IOException or UnauthorizedAccessException)
                throw new CheckpointException($"'{path}' cannot be read: {e.Message.TrimEnd('.')}. Check its permissions and the disk.", e);
            throw;
        }
    }

    /// <summary>Whether the file holds a tensor of that name.</summary>
    /// <param name="name">The tensor's name.</param>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Where one tensor lies and what it is.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="CheckpointException">The file holds no such tensor.</exception>
    public SafetensorsEntry this[string name] => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new CheckpointException(
            $"'{Path}' holds no tensor '{name}' among its {Entries.Count}. Check the name, or download the file again.");

    /// <summary>One tensor of the file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A CPU tensor of the stored shape and dtype that the caller owns. That of a large file lies on its mapping, and its
    /// pages are read when they are first used.</returns>
    /// <exception cref="CheckpointException">The file holds no such tensor, or one of a dtype that tensors do not have.</exception>
    public Tensor Read(string name)
    {
        var entry = this[name];
        var type = entry.Dtype.Type ?? throw new CheckpointException(
            $"Tensor '{name}' in '{Path}' is stored as {entry.Dtype.Name}, which cannot be read here; F32, F16 or BF16 is needed. " +
            "Convert the checkpoint.");
        // The header was checked against the file's length, so the tensor lies within the mapping.
        return _map.TensorAt(entry.Offset, type, [.. entry.Shape]);
    }

    /// <summary>The bytes of one tensor, in the order in which they are stored.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>[..., bytes of an element] uint8 behind the stored shape; else as <see cref="Read"/>.</returns>
    /// <exception cref="CheckpointException">The file holds no such tensor.</exception>
    internal Tensor ReadBytes(string name)
    {
        var entry = this[name];
        return _map.TensorAt(entry.Offset, ScalarType.Byte, [.. entry.Shape, entry.Dtype.Bytes]);
    }

    /// <summary>Ends the mapping. Tensors that were read stay valid.</summary>
    public void Dispose() => _map.Dispose();
}
