using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Whether a model's weights are those that were recorded in its folder.</summary>
internal static class ModelHash
{
    /// <exception cref="WorkFailedException">There are no weights.</exception>
    /// <exception cref="CheckpointException">The weights are others than recorded.</exception>
    public static string Describe(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).ToArray() : [];
        if (files.Length == 0) throw new WorkFailedException("no *.safetensors to hash");
        var recorded = WeightHashes.Read(folder);
        var hashes = files.Select(recorded.Check).ToArray();
        return $"sha256 {hashes[0]}{(recorded.Any ? ", as recorded" : " (none recorded to compare with)")}";
    }
}
