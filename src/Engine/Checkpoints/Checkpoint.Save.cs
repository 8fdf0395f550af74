using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Checkpoints;

/// <content>Writing a folder that transformers and llama.cpp's converter read too.</content>
public sealed partial class Checkpoint
{
    /// <summary>Writes a checkpoint. Every file is written aside first; only when all are whole are they put in place.</summary>
    /// <param name="folder">Made when it does not exist; an older checkpoint's weights and config there are replaced.</param>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <param name="weights">Every parameter by the decoder's name, on any device; not changed.</param>
    /// <param name="tokenizer">Written when given; else one that is there stays.</param>
    /// <param name="chatTemplate">A Jinja template; written when given together with a tokenizer.</param>
    /// <param name="defaults">End tokens and sampling.</param>
    /// <param name="dtype">The dtype to store: Float32, Float16 or BFloat16.</param>
    /// <param name="shardBytes">Weights beyond this are spread over several files.</param>
    /// <exception cref="CheckpointException">The weights do not fit the config, the architecture cannot hold a
    /// setting, or the disk is full.</exception>
    public static void Save(
        string folder,
        DecoderConfig config,
        IReadOnlyDictionary<string, Tensor> weights,
        Tokenizer? tokenizer = null,
        string? chatTemplate = null,
        GenerationDefaults? defaults = null,
        ScalarType dtype = ScalarType.BFloat16,
        long shardBytes = 5_000_000_000)
    {
        defaults ??= GenerationDefaults.None;
        var configText = ConfigWriter.Write(config, defaults, dtype);
        var shards = SafetensorsWriter.Shards(WeightMap.Store(config, weights, dtype), shardBytes);
        Save(folder, config, configText, shards, tokenizer, chatTemplate, defaults);
    }

    private static void Save(
        string folder, DecoderConfig config, string configText, IReadOnlyList<IReadOnlyList<TensorToStore>> shards, Tokenizer? tokenizer,
        string? chatTemplate, GenerationDefaults defaults)
    {
        using var files = new PendingFiles(folder);
        files.Write(ConfigFile, configText);
        files.Write(GenerationFile, defaults.Write());
        WriteTokenizer(files, config, tokenizer?.AsVocabularyTokenizer("Writing a tokenizer.json"), chatTemplate, defaults);
        WriteWeights(files, shards);
        WriteHashes(files);
        files.Commit();
        files.RemoveOthers(name => WouldBeReadInstead(name, tokenizerWritten: tokenizer is not null));
    }

    private static void WriteTokenizer(
        PendingFiles files, DecoderConfig config, VocabularyTokenizer? tokenizer, string? chatTemplate, GenerationDefaults defaults)
    {
        if (tokenizer is null)
            return;
        files.Write(TokenizerFile, tokenizer.Save);
        files.Write(
            TokenizerConfig.FileName,
            TokenizerConfig.From(tokenizer, defaults, chatTemplate).Write(config.ContextLength, tokenizer.AddedTokens));
    }

    private static void WriteWeights(PendingFiles files, IReadOnlyList<IReadOnlyList<TensorToStore>> shards)
    {
        if (shards is [var only])
        {
            SafetensorsWriter.Write(files, SafetensorsIndex.Single, only);
            return;
        }
        var weightMap = new JsonObject();
        for (var i = 0; i < shards.Count; i++)
        {
            var name = $"model-{i + 1:D5}-of-{shards.Count:D5}.safetensors";
            SafetensorsWriter.Write(files, name, shards[i]);
            foreach (var tensor in shards[i])
                weightMap[tensor.Name] = name;
        }
        var total = shards.Sum(shard => shard.Sum(tensor => tensor.Length));
        files.Write(
            SafetensorsIndex.ShardList,
            CheckpointJson.Of(new() { ["metadata"] = new JsonObject { ["total_size"] = total }, ["weight_map"] = weightMap }));
    }

    // Put in place last; an older list goes first, so that it never stands beside weights that it does not describe.
    private static void WriteHashes(PendingFiles files)
    {
        var weights = files.Names.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal)).ToArray();
        files.Write(WeightHashes.FileName, WeightHashes.Write(weights.Select(name => (name, WeightHashes.Of(files.Aside(name))))));
        files.RemoveBeforeCommit(WeightHashes.FileName);
    }

    // An older checkpoint's weights would be read instead of the new ones, and its template file wins over the new key.
    private static bool WouldBeReadInstead(string name, bool tokenizerWritten) =>
        name is SafetensorsIndex.Single or SafetensorsIndex.ShardList or GptqSettings.OlderFile
        || (name.StartsWith("model-", StringComparison.Ordinal) && name.EndsWith(".safetensors", StringComparison.Ordinal))
        || (tokenizerWritten && name == TokenizerConfig.TemplateFileName);
}
