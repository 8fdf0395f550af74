using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>SmolLM3: a Llama whose every fourth layer rotates nothing, and may see a window.</summary>
/// <remarks>Hugging Face 2025, "SmolLM3"; the layers: Yang et al. 2025, arXiv:2501.18795.</remarks>
internal sealed class SmolLm3 : LlamaLike
{
    private const int Interval = 4;

    /// <inheritdoc/>
    public override string Name => "smollm3";

    /// <inheritdoc/>
    public override string ClassName => "SmolLM3ForCausalLM";

    internal override bool InterleavedInGguf => true;

    internal override DecoderConfig Read(JsonSection json)
    {
        var attentionBias = json.OptionalFlag("attention_bias") ?? false;
        var config = Read(json, Name, context: 32_768, theta: 2_000_000, tied: true) with
        {
            AttentionBias = attentionBias,
            OutputBias = attentionBias,
            FeedForwardBias = json.OptionalFlag("mlp_bias") ?? false,
        };
        var rotated = Rotated(json, config.Layers);
        var (windowed, window) = Windows(json, rotated);
        return config with
        {
            SlidingWindow = windowed.Contains(true) ? window : null,
            LayerKinds = new(rotated.Zip(windowed, (turns, sees) => (turns, sees) switch
            {
                (true, false) => LayerKind.Global,
                (true, true) => LayerKind.Windowed,
                (false, false) => LayerKind.Unplaced,
                (false, true) => LayerKind.WindowedUnplaced,
            })),
        };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        (json["attention_bias"], json["mlp_bias"]) = (config.AttentionBias, config.FeedForwardBias);
        (json["sliding_window"], json["use_sliding_window"]) = (config.SlidingWindow, config.SlidingWindow is not null);
        json["no_rope_layers"] = new JsonArray([.. Enumerable.Range(0, config.Layers).Select(layer =>
            JsonValue.Create(config.KindOf(layer) is LayerKind.Unplaced or LayerKind.WindowedUnplaced ? 0 : 1))]);
        LayerTypes.Write(json, config);
        return json;
    }

    internal override DecoderConfig ReadGguf(DecoderConfig common, GgufSettings settings) =>
        common with { LayerKinds = LayerKinds.Every(common.Layers, Interval, LayerKind.Global, LayerKind.Unplaced) };

    internal override string? NotInLlamaCpp(DecoderConfig config) =>
        config.LayerKinds == LayerKinds.Every(config.Layers, Interval, LayerKind.Global, LayerKind.Unplaced)
            ? null
            : $"other layers that rotate nothing than each {Interval}th";

    // The key is named after what it is not: 1 stands for a layer that rotates. It may name more layers than there are.
    private static bool[] Rotated(JsonSection json, int layers)
    {
        const string Key = "no_rope_layers";
        if (json.Optional(Key) is not { } list)
        {
            var interval = json.OptionalSize("no_rope_layer_interval") ?? Interval;
            return [.. Enumerable.Range(1, layers).Select(layer => layer % interval != 0)];
        }
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < layers
            || list.EnumerateArray().Any(layer => layer.ValueKind != JsonValueKind.Number || layer.GetDouble() is not (0 or 1)))
            throw json.Wrong(Key, $"a list of {layers} numbers, each 0 or 1");
        return [.. list.EnumerateArray().Take(layers).Select(layer => layer.GetDouble() == 1)];
    }

    // Without layer_types, the layers that rotate nothing have the window.
    private static (bool[] Windowed, int? Window) Windows(JsonSection json, bool[] rotated)
    {
        var (isUsed, window) = (json.OptionalFlag("use_sliding_window") ?? false, json.OptionalSize("sliding_window"));
        if (LayerTypes.Windowed(json, rotated.Length) is not { } windowed)
            return ([.. rotated.Select(turns => isUsed && window is not null && !turns)], window);
        if (!windowed.Contains(true)) return (windowed, window);
        // transformers masks such a layer and tells its attention that it has no window: which one holds depends on the implementation.
        if (!isUsed) throw json.Wrong("use_sliding_window", "true where layer_types has sliding_attention");
        return (windowed, window ?? throw json.Missing("sliding_window", "the number of tokens that layers with sliding_attention see"));
    }
}
