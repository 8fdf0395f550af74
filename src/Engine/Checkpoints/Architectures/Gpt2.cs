using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>GPT-2: LayerNorm, learned positions, GELU, biases, under its own key names or the common ones.</summary>
/// <remarks>Radford et al. 2019.</remarks>
internal sealed class Gpt2 : Architecture
{
    /// <inheritdoc/>
    public override string Name => "gpt2";

    /// <inheritdoc/>
    public override string ClassName => "GPT2LMHeadModel";

    internal override IReadOnlyList<string> Prefixes => ["transformer.", ""];

    internal override DecoderConfig Read(JsonSection json)
    {
        RefuseOtherScales(json);
        var hidden = json.Size("n_embd", "hidden_size");
        var heads = json.Size("n_head", "num_attention_heads");
        return new()
        {
            Architecture = Name,
            VocabularySize = json.Size("vocab_size"),
            HiddenSize = hidden,
            Layers = json.Size("n_layer", "num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadDim = HeadDim(json, hidden, heads, "n_embd", "n_head"),
            FeedForwardSize = json.OptionalSize("n_inner") ?? 4 * hidden,
            ContextLength = json.OptionalSize("n_positions", "max_position_embeddings", "n_ctx") ?? 1024,
            NormEpsilon = json.OptionalPositive("layer_norm_epsilon") ?? 1e-5,
            Norm = NormKind.LayerNorm,
            Positions = PositionKind.Learned,
            Activation = ReadActivation(json),
            AttentionBias = true,
            OutputBias = true,
            FeedForwardBias = true,
            TiedEmbeddings = json.OptionalFlag("tie_word_embeddings") ?? true,
        };
    }

    internal override JsonObject Write(DecoderConfig config) => new()
    {
        ["architectures"] = new JsonArray(ClassName),
        ["model_type"] = Name,
        ["vocab_size"] = config.VocabularySize,
        ["n_embd"] = config.HiddenSize,
        ["n_inner"] = config.FeedForwardSize,
        ["n_layer"] = config.Layers,
        ["n_head"] = config.Heads,
        ["n_positions"] = config.ContextLength,
        ["n_ctx"] = config.ContextLength,
        ["layer_norm_epsilon"] = config.NormEpsilon,
        ["activation_function"] = config.Activation == ActivationKind.GeluTanh ? "gelu_new" : "gelu",
        ["attn_pdrop"] = 0.0,
        ["embd_pdrop"] = 0.0,
        ["resid_pdrop"] = 0.0,
        ["initializer_range"] = 0.02,
        ["scale_attn_weights"] = true,
    };

    internal override StoredWeight SourceOf(string weight, DecoderConfig config)
    {
        var parts = weight.Split('.');
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
            _ => throw new CheckpointException(
                $"A gpt2 checkpoint has no place for '{weight}'. Choose the Architecture that has this weight."),
        };
    }

    internal override string KeyOf(string size) => size switch
    {
        "hidden_size" or "num_attention_heads" or "num_key_value_heads" => "n_embd",
        "intermediate_size" => "n_inner",
        _ => size,
    };

    internal override DecoderConfig ReadGguf(DecoderConfig common, Gguf.GgufSettings settings) =>
        common with { Positions = PositionKind.Learned, Activation = ActivationKind.GeluTanh };

    internal override string? GgufModule(string module) =>
        module is "self_attn.q_proj" or "self_attn.k_proj" or "self_attn.v_proj" ? "attn_qkv" : null;

    internal override string? NotInLlamaCpp(DecoderConfig config) => OddHeads(config) ?? (config.Activation == ActivationKind.GeluTanh
        ? null
        : $"the activation {config.Activation}, and there it is {ActivationKind.GeluTanh}");

    private static ActivationKind ReadActivation(JsonSection json) => json.OptionalText("activation_function") switch
    {
        null or "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => ActivationKind.GeluTanh,
        "gelu" or "gelu_python" => ActivationKind.Gelu,
        _ => throw json.Wrong(
            "activation_function", "gelu_new, gelu_fast, gelu_pytorch_tanh, gelu or gelu_python", "Choose another checkpoint."),
    };

    private static void RefuseOtherScales(JsonSection json)
    {
        if (json.OptionalFlag("scale_attn_weights") == false)
            throw json.Wrong("scale_attn_weights", "true", "Choose a checkpoint with scaled attention.");
        if (json.OptionalFlag("scale_attn_by_inverse_layer_idx") == true)
            throw json.Wrong("scale_attn_by_inverse_layer_idx", "false", "Choose a checkpoint with plainly scaled attention.");
    }
}
