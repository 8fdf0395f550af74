using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Llama and its descendants: RMSNorm, rotary positions, SwiGLU.</summary>
internal abstract class LlamaLike : Architecture
{
    /// <param name="json">The config.json.</param>
    /// <param name="name">The family's.</param>
    /// <param name="context">The context where the key is missing; the others likewise.</param>
    /// <param name="headDim">Null: hidden / heads.</param>
    /// <param name="epsilon">Of norms.</param>
    /// <param name="theta">Of rotations.</param>
    /// <param name="tied">Whether the output head is the embedding table.</param>
    /// <param name="gated">The activation, where the family has one of its own; null: SwiGLU, as hidden_act has to say.</param>
    private protected static DecoderConfig Read(
        JsonSection json, string name, int context, int? headDim = null, double epsilon = 1e-6, double theta = 10_000, bool tied = false,
        ActivationKind? gated = null)
    {
        var hidden = json.Size("hidden_size");
        var heads = json.Size("num_attention_heads");
        var contextLength = json.OptionalSize("max_position_embeddings") ?? context;
        var width = json.OptionalSize("head_dim") ?? headDim ?? HeadDim(json, hidden, heads, "hidden_size", "num_attention_heads");
        var scaling = RopeKeys.Scaling(json, contextLength);
        return new()
        {
            Architecture = name,
            VocabularySize = json.Size("vocab_size"),
            HiddenSize = hidden,
            Layers = json.Size("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = json.OptionalSize("num_key_value_heads") ?? heads,
            HeadDim = width,
            FeedForwardSize = json.Size("intermediate_size"),
            ContextLength = RopeKeys.Context(scaling, contextLength),
            NormEpsilon = json.OptionalPositive("rms_norm_eps") ?? epsilon,
            RopeTheta = RopeKeys.Theta(json, theta),
            RopeScaling = scaling,
            RotaryDim = RopeKeys.RotaryDim(json, width),
            Activation = gated ?? Activation(json),
            TiedEmbeddings = json.OptionalFlag("tie_word_embeddings") ?? tied,
        };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = Common(config);
        if (config.RotaryDim is { } turned) json["partial_rotary_factor"] = (double)turned / config.HeadDim;
        return json;
    }

    private JsonObject Common(DecoderConfig config) => new()
    {
        ["architectures"] = new JsonArray(ClassName),
        ["model_type"] = Name,
        ["vocab_size"] = config.VocabularySize,
        ["hidden_size"] = config.HiddenSize,
        ["intermediate_size"] = config.FeedForwardSize,
        ["num_hidden_layers"] = config.Layers,
        ["num_attention_heads"] = config.Heads,
        ["num_key_value_heads"] = config.KeyValueHeads,
        ["head_dim"] = config.HeadDim,
        ["hidden_act"] = "silu",
        ["max_position_embeddings"] = RopeKeys.NamedContext(config),
        ["rms_norm_eps"] = config.NormEpsilon,
        ["rope_theta"] = config.RopeTheta,
        ["rope_scaling"] = RopeKeys.Write(config.RopeScaling),
        ["initializer_range"] = 0.02,
    };

    private static ActivationKind Activation(JsonSection json) => json.OptionalText("hidden_act") switch
    {
        null or "silu" or "swish" => ActivationKind.SwiGlu,
        _ => throw json.Wrong("hidden_act", "silu", "Choose a checkpoint with a SwiGLU feed-forward network."),
    };
}
