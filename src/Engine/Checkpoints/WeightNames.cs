using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>What one architecture's checkpoints call weights and axes.</summary>
internal sealed class WeightNames
{
    private readonly DecoderConfig _config;

    public WeightNames(DecoderConfig config) => _config = config;

    /// <summary>Prefixes that a checkpoint's names may share, the usual one first.</summary>
    public IReadOnlyList<string> Prefixes => IsGpt2 ? ["transformer.", ""] : ["model.", ""];

    public WeightAxis Vocabulary => new(_config.VocabularySize, $"vocab {_config.VocabularySize}", "vocab_size");

    public WeightAxis Hidden => new(_config.HiddenSize, $"hidden {_config.HiddenSize}", IsGpt2 ? "n_embd" : "hidden_size");

    public WeightAxis Context => new(_config.ContextLength, $"context {_config.ContextLength}", "n_positions");

    public WeightAxis FeedForward => new(_config.FeedForwardSize, $"feedForward {_config.FeedForwardSize}", IsGpt2 ? "n_inner" : "intermediate_size");

    public WeightAxis Queries => new((long)_config.Heads * _config.HeadDim, $"heads {_config.Heads} x headDim {_config.HeadDim}", IsGpt2 ? "n_embd" : "num_attention_heads");

    public WeightAxis KeysOrValues => new(
        (long)_config.KeyValueHeads * _config.HeadDim, $"kvHeads {_config.KeyValueHeads} x headDim {_config.HeadDim}", IsGpt2 ? "n_embd" : "num_key_value_heads");

    public WeightAxis HeadDim => new(_config.HeadDim, $"headDim {_config.HeadDim}", "head_dim");

    private bool IsGpt2 => _config.Architecture == "gpt2";

    /// <summary>Where a parameter lies, by the decoder's name for it.</summary>
    public WeightSource Of(string name) => IsGpt2 ? Gpt2(name) : new(name);

    /// <summary>Tensors that checkpoints hold but that are computed rather than learned: causal masks and rotary frequencies.</summary>
    public static bool IsBuffer(string name) =>
        name.EndsWith(".attn.bias", StringComparison.Ordinal)
        || name.EndsWith(".attn.masked_bias", StringComparison.Ordinal)
        || name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal);

    private static WeightSource Gpt2(string name)
    {
        var parts = name.Split('.');
        var (kind, module) = (parts[^1], string.Join('.', parts[..^1]));
        var layer = parts[0] == "layers" ? $"h.{parts[1]}." : "";
        var matrix = kind == "weight";
        return (parts[0] == "layers" ? string.Join('.', parts[2..^1]) : module) switch
        {
            "embed_tokens" => new("wte.weight"),
            "embed_positions" => new("wpe.weight"),
            "norm" => new("ln_f." + kind),
            "input_layernorm" => new($"{layer}ln_1.{kind}"),
            "post_attention_layernorm" => new($"{layer}ln_2.{kind}"),
            "self_attn.q_proj" => new($"{layer}attn.c_attn.{kind}", Transposed: matrix, Part: 0, Parts: 3),
            "self_attn.k_proj" => new($"{layer}attn.c_attn.{kind}", Transposed: matrix, Part: 1, Parts: 3),
            "self_attn.v_proj" => new($"{layer}attn.c_attn.{kind}", Transposed: matrix, Part: 2, Parts: 3),
            "self_attn.o_proj" => new($"{layer}attn.c_proj.{kind}", Transposed: matrix),
            "mlp.up_proj" => new($"{layer}mlp.c_fc.{kind}", Transposed: matrix),
            "mlp.down_proj" => new($"{layer}mlp.c_proj.{kind}", Transposed: matrix),
            _ => throw new CheckpointException($"A gpt2 checkpoint has no place for '{name}'. Choose the Architecture that has this weight."),
        };
    }
}
