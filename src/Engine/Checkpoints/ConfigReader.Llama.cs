using System.Text.Json;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <content>Llama and its descendants: RMSNorm, rotary positions, SwiGLU.</content>
public static partial class ConfigReader
{
    private static DecoderConfig Llama(JsonSection json)
    {
        var attentionBias = json.OptionalFlag("attention_bias") ?? false;
        return LlamaLike(json, "llama", context: 2048) with
        {
            AttentionBias = attentionBias,
            OutputBias = attentionBias,
            FeedForwardBias = json.OptionalFlag("mlp_bias") ?? false,
        };
    }

    private static DecoderConfig Mistral(JsonSection json) => LlamaLike(json, "mistral", context: 131_072) with
    {
        SlidingWindow = json.Names("sliding_window") ? json.OptionalSize("sliding_window") : 4096,
    };

    private static DecoderConfig Qwen2(JsonSection json)
    {
        var config = LlamaLike(json, "qwen2", context: 32_768) with { AttentionBias = true };
        return config with { SlidingWindow = QwenWindow(json, config.Layers) };
    }

    private static DecoderConfig Qwen3(JsonSection json)
    {
        var attentionBias = json.OptionalFlag("attention_bias") ?? false;
        var config = LlamaLike(json, "qwen3", context: 32_768, headDim: 128) with
        {
            QueryKeyNorm = true,
            AttentionBias = attentionBias,
            OutputBias = attentionBias,
        };
        return config with { SlidingWindow = QwenWindow(json, config.Layers) };
    }

    private static DecoderConfig LlamaLike(JsonSection json, string architecture, int context, int? headDim = null)
    {
        var hidden = json.Size("hidden_size");
        var heads = json.Size("num_attention_heads");
        var contextLength = json.OptionalSize("max_position_embeddings") ?? context;
        return new()
        {
            Architecture = architecture,
            VocabularySize = json.Size("vocab_size"),
            HiddenSize = hidden,
            Layers = json.Size("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = json.OptionalSize("num_key_value_heads") ?? heads,
            HeadDim = json.OptionalSize("head_dim") ?? headDim ?? HeadDimFrom(json, hidden, heads, "hidden_size", "num_attention_heads"),
            FeedForwardSize = json.Size("intermediate_size"),
            ContextLength = contextLength,
            NormEpsilon = json.OptionalPositive("rms_norm_eps") ?? 1e-6,
            RopeTheta = RopeTheta(json),
            RopeScaling = RopeScaling(json, contextLength),
            Activation = GatedActivation(json),
            TiedEmbeddings = json.OptionalFlag("tie_word_embeddings") ?? false,
        };
    }

    private static ActivationKind GatedActivation(JsonSection json) => json.OptionalText("hidden_act") switch
    {
        null or "silu" or "swish" => ActivationKind.SwiGlu,
        _ => throw json.Wrong("hidden_act", "silu", "Choose a checkpoint with a SwiGLU feed-forward network."),
    };

    // Qwen names a window even where none is used; layers from max_window_layers on are the windowed ones.
    private static int? QwenWindow(JsonSection json, int layers)
    {
        if (json.OptionalFlag("use_sliding_window") != true || (json.Names("sliding_window") && !json.Has("sliding_window")))
            return null;
        var windowed = json.Optional("layer_types") is { } types
            ? CountWindowed(json, types, layers)
            : layers - Math.Min(layers, FirstWindowedLayer(json));
        if (windowed != 0 && windowed != layers)
            throw new CheckpointException(
                $"'{json.Path}' gives {windowed} of {layers} layers a sliding window; either all layers or none may have one here. Choose another checkpoint.");
        return windowed == 0 ? null : json.OptionalSize("sliding_window") ?? 4096;
    }

    private static int FirstWindowedLayer(JsonSection json) => (int)Math.Min(json.OptionalNonNegative("max_window_layers") ?? 28, int.MaxValue);

    private static int CountWindowed(JsonSection json, JsonElement types, int layers)
    {
        if (types.ValueKind != JsonValueKind.Array || types.GetArrayLength() != layers)
            throw json.Wrong("layer_types", $"a list of {layers} texts, one a layer");
        return types.EnumerateArray().Count(type => IsText(type, "sliding_attention"));
    }
}
