namespace LlmRabbitHoles.Hub;

/// <summary>A revision of a model that is in the cache.</summary>
/// <param name="Name">The model.</param>
/// <param name="Commit">The revision's commit.</param>
/// <param name="Revisions">The branches and tags that point to it.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="Format">safetensors, GGUF, both, or a dash.</param>
/// <param name="LastUsed">When one of its files was last read, as far as the file system notes it.</param>
/// <param name="Folder">Its folder, which a program can load.</param>
public sealed record CachedModel(
    RepositoryName Name, string Commit, IReadOnlyList<string> Revisions, long Bytes, string Format, DateTimeOffset LastUsed, string Folder)
{
    /// <summary>The formats of weights among files.</summary>
    /// <param name="files">Names or paths.</param>
    public static string FormatOf(IEnumerable<string> files)
    {
        var endings = files.Select(Path.GetExtension).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (endings.Contains(".safetensors"), endings.Contains(".gguf")) switch
        {
            (true, true) => "safetensors, GGUF",
            (true, false) => "safetensors",
            (false, true) => "GGUF",
            _ => "-",
        };
    }
}
