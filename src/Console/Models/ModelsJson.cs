using LlmRabbitHoles.Hub;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>models --format json</c> writes.</summary>
/// <param name="Cache">Where pulled models lie.</param>
/// <param name="Models">Those of the repository, then those that were pulled.</param>
internal sealed record ModelsJson(string Cache, IReadOnlyList<ModelJson> Models);

/// <summary>One model, or one revision of it.</summary>
/// <param name="Name">OWNER/NAME, or the folder's name.</param>
/// <param name="Revision">Its branches and tags, else its commit; a dash for a folder of the repository.</param>
/// <param name="Commit">The commit; null for a folder of the repository.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="Format">safetensors, GGUF, both, or a dash.</param>
/// <param name="LastUsed">When a file of it was last read, as far as the file system notes it.</param>
/// <param name="Path">Its folder.</param>
internal sealed record ModelJson(
    string Name, string Revision, string? Commit, long Bytes, string Format, DateTimeOffset LastUsed, string Path)
{
    public static ModelJson Of(CachedModel model) => new(
        $"{model.Name}", model.Revisions.Count > 0 ? string.Join(", ", model.Revisions) : model.Commit[..8], model.Commit, model.Bytes,
        model.Format, model.LastUsed, model.Folder);
}

/// <summary>What <c>models --remove --format json</c> writes.</summary>
/// <param name="Name">OWNER/NAME.</param>
/// <param name="Revision">The only revision that was removed; null for all.</param>
/// <param name="FreedBytes">What the disk has got back.</param>
internal sealed record RemovalJson(string Name, string? Revision, long FreedBytes);
