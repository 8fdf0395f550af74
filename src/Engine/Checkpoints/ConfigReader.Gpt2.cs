using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <content>GPT-2: LayerNorm, learned positions, GELU, biases, under its own key names or the common ones.</content>
public static partial class ConfigReader
{
    private static DecoderConfig Gpt2(JsonSection json)
    {
        RefuseOtherScores(json);
        var hidden = json.Size("n_embd", "hidden_size");
        var heads = json.Size("n_head", "num_attention_heads");
        return new()
        {
            Architecture = "gpt2",
            VocabularySize = json.Size("vocab_size"),
            HiddenSize = hidden,
            Layers = json.Size("n_layer", "num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadDim = HeadDimFrom(json, hidden, heads, "n_embd", "n_head"),
            FeedForwardSize = json.OptionalSize("n_inner") ?? 4 * hidden,
            ContextLength = json.OptionalSize("n_positions", "max_position_embeddings", "n_ctx") ?? 1024,
            NormEpsilon = json.OptionalPositive("layer_norm_epsilon") ?? 1e-5,
            Norm = NormKind.LayerNorm,
            Positions = PositionKind.Learned,
            Activation = UngatedActivation(json),
            AttentionBias = true,
            OutputBias = true,
            FeedForwardBias = true,
            TiedEmbeddings = json.OptionalFlag("tie_word_embeddings") ?? true,
        };
    }

    private static ActivationKind UngatedActivation(JsonSection json) => json.OptionalText("activation_function") switch
    {
        null or "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => ActivationKind.GeluTanh,
        "gelu" or "gelu_python" => ActivationKind.Gelu,
        _ => throw json.Wrong("activation_function", "gelu_new, gelu_fast, gelu_pytorch_tanh, gelu or gelu_python", "Choose another checkpoint."),
    };

    private static void RefuseOtherScores(JsonSection json)
    {
        if (json.OptionalFlag("scale_attn_weights") == false)
            throw json.Wrong("scale_attn_weights", "true", "Choose a checkpoint with scaled attention.");
        if (json.OptionalFlag("scale_attn_by_inverse_layer_idx") == true)
            throw json.Wrong("scale_attn_by_inverse_layer_idx", "false", "Choose a checkpoint with plainly scaled attention.");
    }
}
