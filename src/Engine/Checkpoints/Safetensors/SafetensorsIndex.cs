namespace LlmRabbitHoles.Checkpoints;

/// <summary>All weights of a checkpoint folder by name, whether they lie in one file or in shards.</summary>
internal sealed class SafetensorsIndex : IDisposable
{
    internal const string Single = "model.safetensors";
    internal const string ShardList = "model.safetensors.index.json";

    private readonly Dictionary<string, SafetensorsFile> _fileOf;

    private SafetensorsIndex(IReadOnlyList<SafetensorsFile> files, Dictionary<string, SafetensorsFile> fileOf) =>
        (Files, _fileOf) = (files, fileOf);

    /// <summary>The mapped files.</summary>
    public IReadOnlyList<SafetensorsFile> Files { get; }

    /// <summary>The names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => _fileOf.Keys;

    /// <summary>Bytes of all tensors together.</summary>
    public long Bytes => _fileOf.Sum(pair => pair.Value[pair.Key].Length);

    /// <summary>
    /// Opens the weights of a folder: <c>model.safetensors</c>, else the shards of <c>model.safetensors.index.json</c>,
    /// else the only <c>*.safetensors</c> there.
    /// </summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <exception cref="CheckpointException">There are no weights, a shard is missing or damaged, or the index lies.</exception>
    public static SafetensorsIndex Open(string folder)
    {
        if (File.Exists(Path.Combine(folder, Single)))
            return OpenSingle(Path.Combine(folder, Single));
        if (File.Exists(Path.Combine(folder, ShardList)))
            return OpenShards(folder, JsonSection.Open(Path.Combine(folder, ShardList)));
        return OpenSingle(OnlyFile(folder));
    }

    /// <summary>Whether there is a tensor of that name.</summary>
    /// <param name="name">The tensor's name.</param>
    public bool Contains(string name) => _fileOf.ContainsKey(name);

    /// <summary>Where one tensor lies and what it is.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafetensorsEntry this[string name] => FileOf(name)[name];

    /// <summary>One tensor of its file; <see cref="SafetensorsFile.Read"/>.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A CPU tensor of the stored shape and dtype; the caller owns it.</returns>
    /// <exception cref="CheckpointException">There is no such tensor, or its dtype cannot be read.</exception>
    public Tensor Read(string name) => FileOf(name).Read(name);

    /// <summary>One tensor of its file as bytes; <see cref="SafetensorsFile.ReadBytes"/>.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A CPU tensor of the stored shape and an axis more; the caller owns it.</returns>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public Tensor ReadBytes(string name) => FileOf(name).ReadBytes(name);

    /// <summary>Ends all mappings. Tensors that were read stay valid.</summary>
    public void Dispose()
    {
        foreach (var file in Files)
            file.Dispose();
    }

    /// <summary>The path that messages name when a tensor is missing: the only file, or the list of shards.</summary>
    internal string Source => Files is [var only] ? only.Path : Path.Combine(Path.GetDirectoryName(Files[0].Path) ?? "", ShardList);

    private SafetensorsFile FileOf(string name) => _fileOf.TryGetValue(name, out var file)
        ? file
        : throw new CheckpointException(
            $"'{Source}' holds no tensor '{name}' among its {_fileOf.Count}. Check the name, or download the checkpoint again.");

    private static SafetensorsIndex OpenSingle(string path)
    {
        var file = SafetensorsFile.Open(path);
        return new([file], file.Entries.ToDictionary(entry => entry.Name, _ => file, StringComparer.Ordinal));
    }

    private static SafetensorsIndex OpenShards(string folder, JsonSection list)
    {
        var weightMap = list.OptionalSection("weight_map") ?? throw list.Missing("weight_map", "an object from tensor names to file names");
        var shards = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var fileOf = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        try
        {
            foreach (var property in weightMap.Properties)
            {
                var shard = ShardName(weightMap, property.Name);
                if (!shards.TryGetValue(shard, out var file))
                    shards[shard] = file = OpenShard(list.Path, folder, shard);
                if (!file.Contains(property.Name))
                    throw new CheckpointException(
                        $"'{list.Path}' says that tensor '{property.Name}' is in '{shard}', " +
                        $"but it is not among the {file.Entries.Count} tensors there. Download both files again.");
                fileOf[property.Name] = file;
            }
            if (fileOf.Count == 0)
                throw new CheckpointException(
                    $"weight_map in '{list.Path}' is empty; it must name each tensor's file. Download the file again.");
            return new([.. shards.Values], fileOf);
        }
        catch
        {
            foreach (var file in shards.Values)
                file.Dispose();
            throw;
        }
    }

    // A shard lies beside its index: a path that leads elsewhere is not followed.
    private static string ShardName(JsonSection weightMap, string tensor)
    {
        var shard = weightMap.OptionalText(tensor) ?? throw weightMap.Wrong(tensor, "a file name");
        return shard == Path.GetFileName(shard) && shard is not ("" or "." or "..") && !shard.Contains('\\')
            ? shard
            : throw weightMap.Wrong(tensor, "the name of a file beside the index, without a folder");
    }

    private static SafetensorsFile OpenShard(string list, string folder, string shard) =>
        File.Exists(Path.Combine(folder, shard))
            ? SafetensorsFile.Open(Path.Combine(folder, shard))
            : throw new CheckpointException($"'{list}' names the shard '{shard}', which is not in '{folder}'. Download the missing shard.");

    private static string OnlyFile(string folder)
    {
        var files = Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).ToArray();
        if (files is [var only])
            return only;
        if (files.Length > 1)
            throw new CheckpointException(
                $"'{folder}' holds {files.Length} safetensors files " +
                $"({string.Join(", ", files.Take(3).Select(Path.GetFileName))}{(files.Length > 3 ? ", ..." : "")}) but no {ShardList} " +
                "that says which tensor is where. Download the index, or leave one file.");
        var other = Directory.EnumerateFiles(folder).Select(Path.GetFileName).FirstOrDefault(name =>
            name!.EndsWith(".bin", StringComparison.Ordinal)
            || name.EndsWith(".gguf", StringComparison.Ordinal) || name.EndsWith(".pth", StringComparison.Ordinal));
        throw new CheckpointException(
            $"'{folder}' holds no weights: looked for {Single}, {ShardList} and " +
            $"*.safetensors{(other is null ? "" : $", found only {other}")}. Download the safetensors files of the checkpoint.");
    }
}
