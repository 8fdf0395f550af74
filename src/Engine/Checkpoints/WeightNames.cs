using LlmRabbitHoles.Checkpoints.Architectures;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>What one architecture's checkpoints call weights and axes.</summary>
internal sealed class WeightNames
{
    private readonly DecoderConfig _config;
    private readonly Architecture _architecture;

    public WeightNames(DecoderConfig config) => (_config, _architecture) = (config, Architecture.Named(config.Architecture));

    /// <summary>Prefixes that a checkpoint's names may share, the usual one first.</summary>
    public IReadOnlyList<string> Prefixes => _architecture.Prefixes;

    /// <summary>Whether a tensor belongs to a part that reads images.</summary>
    public bool IsOfImages(string name) =>
        _architecture.ImagePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    public WeightAxis Vocabulary => new(_config.VocabularySize, $"vocab {_config.VocabularySize}", "vocab_size");

    public WeightAxis Hidden => new(_config.HiddenSize, $"hidden {_config.HiddenSize}", Key("hidden_size"));

    public WeightAxis Context => new(_config.ContextLength, $"context {_config.ContextLength}", "n_positions");

    public WeightAxis FeedForward => new(_config.FeedForwardSize, $"feedForward {_config.FeedForwardSize}", Key("intermediate_size"));

    public WeightAxis Queries =>
        new((long)_config.Heads * _config.HeadDim, $"heads {_config.Heads} x headDim {_config.HeadDim}", Key("num_attention_heads"));

    public WeightAxis KeysOrValues => new(
        (long)_config.KeyValueHeads * _config.HeadDim, $"kvHeads {_config.KeyValueHeads} x headDim {_config.HeadDim}",
        Key("num_key_value_heads"));

    public WeightAxis HeadDim => new(_config.HeadDim, $"headDim {_config.HeadDim}", "head_dim");

    /// <summary>Where a parameter lies, by the decoder's name for it.</summary>
    public StoredWeight Of(string name) => _architecture.SourceOf(name, _config);

    private string Key(string size) => _architecture.KeyOf(size);

    /// <summary>Tensors that checkpoints hold but that are computed rather than learned: causal masks and rotary frequencies.</summary>
    public static bool IsBuffer(string name) =>
        name.EndsWith(".attn.bias", StringComparison.Ordinal)
        || name.EndsWith(".attn.masked_bias", StringComparison.Ordinal)
        || name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal);
}
