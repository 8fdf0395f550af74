using System.Text.Json;

namespace LlmRabbitHoles.Hub;

/// <summary>One revision of a model as the server describes it.</summary>
/// <param name="Name">The model.</param>
/// <param name="Commit">Its commit, 40 hexadecimal digits.</param>
/// <param name="Files">All its files.</param>
internal sealed record HubRepository(RepositoryName Name, string Commit, IReadOnlyList<HubFile> Files)
{
    /// <summary>Reads the API's answer.</summary>
    /// <param name="name">The model that was asked for.</param>
    /// <param name="json">{"sha": COMMIT, "siblings": [{"rfilename", "size", "blobId", "lfs": {"sha256", "size"}}, ...]}</param>
    /// <param name="place">What messages call the answer.</param>
    /// <exception cref="HubException">The answer is not JSON, lacks a field, or names files that are not safe.</exception>
    public static HubRepository Read(RepositoryName name, ReadOnlyMemory<byte> json, string place)
    {
        try
        {
            using var document = StrictJson.Parse(json, place);
            var root = document.RootElement;
            var files = root.GetProperty("siblings").EnumerateArray().Select(HubFile.Read).ToList();
            return new HubRepository(name, ServedName.Commit(root.GetProperty("sha").GetString() ?? ""), files);
        }
        catch (JsonException e)
        {
            throw new HubException($"{e.Message} The answer was cut or is not the Hub's. Try again, or check HF_ENDPOINT.", e);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HubException(
                $"{place} lacks fields that the Hub sends (sha, and siblings with rfilename). Check HF_ENDPOINT.", e);
        }
    }
}

/// <summary>A file of a repository.</summary>
/// <param name="Path">Within the repository.</param>
/// <param name="Size">Bytes; null where the server did not say.</param>
/// <param name="Blob">Names the content: its SHA-256 for a file in Git LFS, else git's SHA-1, or an entity tag; null where the server did
/// not say.</param>
internal sealed record HubFile(string Path, long? Size, string? Blob)
{
    /// <summary>Reads one of the siblings.</summary>
    public static HubFile Read(JsonElement sibling)
    {
        var path = ServedName.Path(sibling.GetProperty("rfilename").GetString() ?? "");
        if (sibling.TryGetProperty("lfs", out var lfs) && lfs.ValueKind == JsonValueKind.Object)
            return new HubFile(path, Number(lfs, "size") ?? Number(sibling, "size"), Text(lfs, "sha256") ?? Text(lfs, "oid"));
        return new HubFile(path, Number(sibling, "size"), Text(sibling, "blobId"));
    }

    private static long? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) && number >= 0 ? number : null;

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? ServedName.Blob(text) : null;
}
