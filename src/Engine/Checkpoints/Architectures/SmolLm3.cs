using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>SmolLM3: a Llama whose every fourth layer rotates nothing.</summary>
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
        if (json.OptionalFlag("use_sliding_window") == true)
            throw json.Wrong("use_sliding_window", "false", "Choose a checkpoint without windows.");
        var attentionBias = json.OptionalFlag("attention_bias") ?? false;
        var config = Read(json, Name, context: 32_768, theta: 2_000_000, tied: true) with
        {
            AttentionBias = attentionBias,
            OutputBias = attentionBias,
            FeedForwardBias = json.OptionalFlag("mlp_bias") ?? false,
        };
        return config with { LayerKinds = Kinds(json, config.Layers) };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        (json["attention_bias"], json["mlp_bias"], json["use_sliding_window"]) = (config.AttentionBias, config.FeedForwardBias, false);
        json["no_rope_layers"] = new JsonArray(
            [.. Enumerable.Range(0, config.Layers).Select(layer => JsonValue.Create(config.KindOf(layer) == LayerKind.Unplaced ? 0 : 1))]);
        return json;
    }

    internal override DecoderConfig ReadGguf(DecoderConfig common, GgufSettings settings) =>
        common with { LayerKinds = LayerKinds.Every(common.Layers, Interval, LayerKind.Global, LayerKind.Unplaced) };

    internal override string? NotInLlamaCpp(DecoderConfig config) =>
        config.LayerKinds == LayerKinds.Every(config.Layers, Interval, LayerKind.Global, LayerKind.Unplaced)
            ? null
            : $"other layers that rotate nothing than each {Interval}th";

    // The key is named after what it is not: 1 stands for a layer that rotates.
    private static LayerKinds Kinds(JsonSection json, int layers)
    {
        const string Key = "no_rope_layers";
        if (json.Optional(Key) is not { } list)
            return LayerKinds.Every(layers, json.OptionalSize("no_rope_layer_interval") ?? Interval, LayerKind.Global, LayerKind.Unplaced);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != layers
            || list.EnumerateArray().Any(layer => layer.ValueKind != JsonValueKind.Number || layer.GetDouble() is not (0 or 1)))
            throw json.Wrong(Key, $"a list of {layers} numbers, each 0 or 1");
        return new(list.EnumerateArray().Select(layer => layer.GetDouble() == 0 ? LayerKind.Unplaced : LayerKind.Global));
    }
}
