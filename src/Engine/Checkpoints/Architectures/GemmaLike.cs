using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Gemma 2 and 3: norms around, added to 1, scaled embeddings, GeGLU, and windows in some layers.</summary>
internal abstract class GemmaLike : LlamaLike
{
    private protected DecoderConfig ReadGemma(JsonSection json, int context, double theta)
    {
        if (json.OptionalFlag("attention_bias") == true)
            throw json.Wrong("attention_bias", "false", "Choose a checkpoint without biases.");
        if (json.OptionalText("hidden_activation", "hidden_act") is { } activation and not "gelu_pytorch_tanh")
            throw json.Wrong(
                json.Has("hidden_activation") ? "hidden_activation" : "hidden_act", "gelu_pytorch_tanh", $"'{activation}' is not known.");
        var config = Read(json, Name, context, headDim: 256, theta: theta, tied: true, gated: ActivationKind.GeGlu);
        var scalar = json.OptionalPositive("query_pre_attn_scalar") ?? 256;
        return config with
        {
            Norm = NormKind.OffsetRmsNorm,
            NormPlacement = NormPlacement.Around,
            EmbeddingScale = Math.Sqrt(config.HiddenSize),
            QueryScalar = scalar == config.HeadDim ? null : scalar,
            SlidingWindow = json.OptionalSize("sliding_window") ?? 4096,
        };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        json.Remove("hidden_act");
        json["hidden_activation"] = "gelu_pytorch_tanh";
        json["query_pre_attn_scalar"] = config.QueryScalar ?? config.HeadDim;
        json["sliding_window"] = config.SlidingWindow;
        json["attention_bias"] = false;
        LayerTypes.Write(json, config);
        return json;
    }

    internal override StoredWeight SourceOf(string weight, DecoderConfig config) => new(weight
        .Replace(".post_attention_layernorm.", ".pre_feedforward_layernorm.", StringComparison.Ordinal)
        .Replace(".self_attn_output_norm.", ".post_attention_layernorm.", StringComparison.Ordinal)
        .Replace(".mlp_output_norm.", ".post_feedforward_layernorm.", StringComparison.Ordinal));

    internal override DecoderConfig ReadGguf(DecoderConfig common, GgufSettings settings) => common with
    {
        Norm = NormKind.OffsetRmsNorm,
        NormPlacement = NormPlacement.Around,
        Activation = ActivationKind.GeGlu,
        EmbeddingScale = Math.Sqrt(common.HiddenSize),
        SlidingWindow = common.SlidingWindow ?? 4096,
    };

    internal override void DescribeGguf(GgufMetadata metadata, DecoderConfig config) =>
        metadata.Add($"{GgufName}.attention.sliding_window", config.SlidingWindow!.Value);

    internal override bool WindowsInGguf => true;

    /// <summary>Layers of which each <paramref name="interval"/>-th sees all.</summary>
    private protected static LayerKinds Every(int layers, int interval) =>
        LayerKinds.Every(layers, interval, LayerKind.Windowed, LayerKind.Global);

    private protected static LayerKinds Kinds(JsonSection json, int layers, int interval) =>
        LayerTypes.Windowed(json, layers) is not { } windowed ? Every(layers, interval)
        : new(windowed.Select(has => has ? LayerKind.Windowed : LayerKind.Global));

    /// <summary>llama.cpp knows the scale of the scores by the number of layers, and the windowed layers by the family.</summary>
    private protected static string? OtherScaleOrKinds(DecoderConfig config, int interval, bool largest)
    {
        var scalar = largest ? (double)config.HiddenSize / config.Heads : config.HeadDim;
        return (config.QueryScalar ?? config.HeadDim) != scalar
            ? $"scores divided by the root of {config.QueryScalar ?? config.HeadDim}, and there of {scalar}"
            : config.LayerKinds != Every(config.Layers, interval) ? $"other layers without a window than each {interval}th" : null;
    }
}
