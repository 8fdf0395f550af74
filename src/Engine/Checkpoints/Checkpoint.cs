using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>A model in a Hugging Face folder, or in one GGUF file: its config, its weights, and its tokenizer if there is one.</summary>
/// <remarks>
/// <code>
/// config.json               sizes and variants                       needed
/// model.safetensors         weights, or shards with an index         needed
/// tokenizer.json            BPE or Unigram                           without it: token ids only
/// tokenizer_config.json     special tokens, chat template            if there
/// special_tokens_map.json   special tokens, in older folders          if there
/// chat_template.jinja       chat template                            if there
/// generation_config.json    end tokens, sampling                     if there
/// quantize_config.json      how weights are quantized, in older folders   if there
/// SHA256SUMS                hashes of the weights                    if there; CheckHashes compares
/// </code>
/// </remarks>
public sealed partial class Checkpoint : IDisposable
{
    private const string ConfigFile = "config.json";
    private const string TokenizerFile = "tokenizer.json";
    private const string GenerationFile = "generation_config.json";

    private Checkpoint(string folder, DecoderConfig config, IStoredWeights weights) =>
        (Folder, Config, Weights) = (folder, config, weights);

    /// <summary>The folder or the GGUF file, as given.</summary>
    public string Folder { get; }

    /// <summary>The decoder's sizes and variants.</summary>
    public DecoderConfig Config { get; }

    /// <summary>All weights, by the decoder's names.</summary>
    internal IStoredWeights Weights { get; }

    /// <summary>
    /// End tokens and sampling: <c>generation_config.json</c>, with token ids added from config.json and tokenizer_config.json.
    /// </summary>
    public GenerationDefaults Defaults { get; private init; } = GenerationDefaults.None;

    /// <summary>A sentence on what the folder holds and the decoder does not read, such as a vision tower; null: all is read.</summary>
    public string? LeftOut { get; private init; }

    /// <summary>The tokenizer; null where the folder has none.</summary>
    public Tokenizer? Tokenizer { get; private init; }

    /// <summary>How a chat becomes a prompt; null where the folder does not say.</summary>
    public ChatTemplate? ChatTemplate { get; private init; }

    /// <summary>The chat template's own text, as needed to save it again; null where the folder has none.</summary>
    public string? ChatTemplateText { get; private init; }

    /// <summary>Opens a folder or a GGUF file and checks that its parts fit together. Weights are mapped, not read.</summary>
    /// <param name="folder">A folder with at least <c>config.json</c> and safetensors weights, or a <c>*.gguf</c> file.</param>
    /// <exception cref="CheckpointException">Something is missing, damaged or of another architecture; the message names it.</exception>
    public static Checkpoint Open(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (GgufFile.IsOne(folder)) return OpenGguf(folder);
        RefuseOtherThanCheckpoint(folder);
        var json = JsonSection.Open(Path.Combine(folder, ConfigFile));
        var config = ConfigReader.Read(json);
        var weights = SafetensorsIndex.Open(folder);
        try
        {
            var quantized = GptqSettings.Read(json, folder) is { } settings ? new GptqWeights(weights, settings) : null;
            WeightMap.Check(weights, config, quantized);
            var tokenizer = OpenTokenizer(folder);
            var tokenizerConfig = TokenizerConfig.Read(folder);
            return new(folder, config, new SafetensorsWeights(weights, config, quantized))
            {
                LeftOut = WeightMap.LeftOut(weights, config),
                Tokenizer = tokenizer,
                ChatTemplate = ParseTemplate(folder, tokenizerConfig),
                ChatTemplateText = tokenizerConfig.ChatTemplate,
                Defaults = DefaultsOf(folder, json, tokenizer, tokenizerConfig),
            };
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Checks the weight files against <c>SHA256SUMS</c>; without that file, or without a line about
    /// a weight file, there is nothing to check.
    /// </summary>
    /// <exception cref="CheckpointException">A weight file is not the one whose hash was recorded;
    /// the message names both hashes.</exception>
    public void CheckHashes() =>
        WeightHashes.Read(Path.GetDirectoryName(Path.GetFullPath(Weights.Files[0]))!).CheckRecorded(Weights.Files);

    /// <summary>Every parameter by the decoder's name, all in memory at once.</summary>
    /// <returns>CPU tensors in float32, owned by the caller's scope.</returns>
    public IReadOnlyDictionary<string, Tensor> ReadWeights() => WeightMap.Load(Weights, Config).ToDictionary(
        weight => weight.Name, weight => weight.Weight.to(ScalarType.Float32), StringComparer.Ordinal);

    /// <summary>Ends the mapping of the weights. Tensors that were read stay valid.</summary>
    public void Dispose() => Weights.Dispose();

    private static void RefuseOtherThanCheckpoint(string folder)
    {
        if (File.Exists(folder))
            throw new CheckpointException(
                $"'{folder}' is a file; a checkpoint is a folder that holds {ConfigFile} and *.safetensors, or a *.gguf file. " +
                "Name one of these.");
        if (!Directory.Exists(folder))
            throw new CheckpointException(
                $"The checkpoint folder '{folder}' does not exist. Check the path, or download or train the model first.");
        if (!File.Exists(Path.Combine(folder, ConfigFile)))
            throw new CheckpointException(
                $"'{folder}' has no {ConfigFile}; found {Contents(folder)}. Name the folder of a Hugging Face checkpoint.");
    }

    private static string Contents(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? "nothing" : string.Join(", ", names.Take(4)) + (names.Length > 4 ? $" and {names.Length - 4} more" : "");
    }

    private static GenerationDefaults DefaultsOf(
        string folder, JsonSection config, VocabularyTokenizer? tokenizer, TokenizerConfig tokenizerConfig)
    {
        var path = Path.Combine(folder, GenerationFile);
        var defaults = (File.Exists(path) ? GenerationDefaults.Read(path) : GenerationDefaults.None)
            .Or(GenerationDefaults.TokensOf(config));
        return tokenizer is null ? defaults : defaults.Or(tokenizerConfig.TokensIn(tokenizer));
    }

    private static VocabularyTokenizer? OpenTokenizer(string folder)
    {
        var path = Path.Combine(folder, TokenizerFile);
        try
        {
            return File.Exists(path) ? TokenizerJson.Load(path) : null;
        }
        catch (TokenizerException e)
        {
            throw new CheckpointException(e.Message, e);
        }
    }

    private static ChatTemplate? ParseTemplate(string folder, TokenizerConfig config)
    {
        try
        {
            return config.ChatTemplate is null ? null : ChatTemplate.Parse(config.ChatTemplate).With(config.SpecialTokens);
        }
        catch (ChatTemplateException e)
        {
            throw new CheckpointException(
                $"The chat template in '{folder}' cannot be used: {e.Message} Without a template the model still continues plain prompts.",
                e);
        }
    }
}
