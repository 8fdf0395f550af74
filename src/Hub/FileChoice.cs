using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Hub;

/// <summary>Which files of a repository are pulled: what the engine reads, each weight once.</summary>
/// <param name="Taken">To be pulled.</param>
/// <param name="Left">Not needed: other formats, duplicates, pictures.</param>
internal sealed partial record FileChoice(IReadOnlyList<HubFile> Taken, IReadOnlyList<HubFile> Left)
{
    private const string Single = "model.safetensors", ShardList = "model.safetensors.index.json";

    /// <summary>The model's configuration, tokenizer, chat template, licence and weights in safetensors.</summary>
    /// <exception cref="HubException">The repository holds no weights in safetensors; the message names what it holds.</exception>
    public static FileChoice ForEngine(HubRepository repository)
    {
        var weights = Weights(repository.Files);
        if (weights.Count == 0) throw WithoutWeights(repository);
        return Of(repository, file => weights.Contains(file) || Described().IsMatch(file.Path));
    }

    /// <summary>One file alone, such as a GGUF file.</summary>
    /// <exception cref="HubException">There is no such file; the message names the GGUF files that there are.</exception>
    public static FileChoice Only(HubRepository repository, string path)
    {
        if (repository.Files.All(file => file.Path != path))
            throw new HubException(
                $"{repository.Name} has no file '{Shortened.Of(path)}' at {repository.Commit[..8]}.{GgufFiles(repository)}");
        return Of(repository, file => file.Path == path);
    }

    private static FileChoice Of(HubRepository repository, Func<HubFile, bool> isTaken) =>
        new([.. repository.Files.Where(isTaken)], [.. repository.Files.Where(file => !isTaken(file))]);

    // What the engine opens: one file, else the shards of the list, else all there are.
    private static List<HubFile> Weights(IReadOnlyList<HubFile> files)
    {
        var single = files.Where(file => file.Path == Single).ToList();
        if (single.Count > 0) return single;
        if (files.FirstOrDefault(file => file.Path == ShardList) is { } list)
            return [list, .. files.Where(file => Shard().IsMatch(file.Path))];
        return [.. files.Where(file => !file.Path.Contains('/') && file.Path.EndsWith(".safetensors", StringComparison.Ordinal))];
    }

    private static HubException WithoutWeights(HubRepository repository)
    {
        var gguf = GgufFiles(repository);
        if (gguf.Length > 0) return new HubException($"{repository.Name} holds no weights in safetensors.{gguf}");
        var other = repository.Files.Select(file => Path.GetExtension(file.Path))
            .Where(ending => ending is ".bin" or ".pth" or ".pt" or ".h5" or ".onnx" or ".msgpack").Distinct().ToList();
        return new HubException($"{repository.Name} holds no weights in safetensors, which the engine reads" +
            (other.Count > 0 ? $", only {string.Join(", ", other)}." : ".") + " Choose another repository of the model, or convert it.");
    }

    private static string GgufFiles(HubRepository repository)
    {
        var files = repository.Files.Where(file => file.Path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            .Select(file => file.Path).ToList();
        if (files.Count == 0) return "";
        return $" Its GGUF files: {Shortened.Of(string.Join(", ", files), 600)}. " +
            $"Name one: ./rabbit pull {repository.Name} --file {files[0]}";
    }

    [GeneratedRegex(@"\A(?:config\.json|generation_config\.json|tokenizer.*\.json|tokenizer\.model|chat_template\.\w+"
        + @"|special_tokens_map\.json|added_tokens\.json|vocab\.(?:json|txt)|merges\.txt|LICENSE(?:\.\w+)?)\z")]
    private static partial Regex Described();

    [GeneratedRegex(@"\Amodel-\d+-of-\d+\.safetensors\z")]
    private static partial Regex Shard();
}
