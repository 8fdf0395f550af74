using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>The sliding window of Qwen's models: named even where none is used, and kept by the layers from max_window_layers on.</summary>
internal static class QwenWindow
{
    /// <returns>Null where no layer has a window.</returns>
    /// <exception cref="CheckpointException">Only some of the layers have one.</exception>
    public static int? Read(JsonSection json, int layers)
    {
        if (json.OptionalFlag("use_sliding_window") != true || (json.Names("sliding_window") && !json.Has("sliding_window")))
            return null;
        var windowed = json.Optional("layer_types") is { } types
            ? CountWindowed(json, types, layers)
            : layers - Math.Min(layers, FirstWindowedLayer(json));
        if (windowed != 0 && windowed != layers)
            throw new CheckpointException(
                $"'{json.Path}' gives {windowed} of {layers} layers a sliding window; either all layers or none may have one here. " +
                "Choose another checkpoint.");
        return windowed == 0 ? null : json.OptionalSize("sliding_window") ?? 4096;
    }

    private static int FirstWindowedLayer(JsonSection json) =>
        (int)Math.Min(json.OptionalNonNegative("max_window_layers") ?? 28, int.MaxValue);

    private static int CountWindowed(JsonSection json, JsonElement types, int layers)
    {
        if (types.ValueKind != JsonValueKind.Array || types.GetArrayLength() != layers)
            throw json.Wrong("layer_types", $"a list of {layers} texts, one a layer");
        return types.EnumerateArray().Count(type => type.ValueKind == JsonValueKind.String && type.ValueEquals("sliding_attention"));
    }

    public static void Write(JsonObject json, DecoderConfig config) =>
        (json["sliding_window"], json["use_sliding_window"], json["max_window_layers"]) =
            (config.SlidingWindow, config.SlidingWindow is not null, config.SlidingWindow is null ? config.Layers : 0);
}
