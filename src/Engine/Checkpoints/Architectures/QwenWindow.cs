using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>The sliding window of Qwen's models: named even where none is used, and kept by the layers from max_window_layers on, or by
/// those that layer_types names.</summary>
internal static class QwenWindow
{
    /// <returns>The config with its window; as it was where no layer has one.</returns>
    public static DecoderConfig Read(JsonSection json, DecoderConfig config)
    {
        if (json.OptionalFlag("use_sliding_window") != true || (json.Names("sliding_window") && !json.Has("sliding_window"))) return config;
        var first = json.OptionalNonNegative("max_window_layers") ?? 28;
        var windowed = LayerTypes.Windowed(json, config.Layers)
            ?? [.. Enumerable.Range(0, config.Layers).Select(layer => layer >= first)];
        if (!windowed.Contains(true)) return config;
        return config with
        {
            SlidingWindow = json.OptionalSize("sliding_window") ?? 4096,
            LayerKinds = windowed.Contains(false) ? new(windowed.Select(has => has ? LayerKind.Windowed : LayerKind.Global)) : null,
        };
    }

    public static void Write(JsonObject json, DecoderConfig config)
    {
        var first = Enumerable.Range(0, config.Layers).FirstOrDefault(layer => config.KindOf(layer).HasWindow(), config.Layers);
        (json["sliding_window"], json["use_sliding_window"], json["max_window_layers"]) =
            (config.SlidingWindow, config.SlidingWindow is not null, first);
        if (config.LayerKinds is not null) LayerTypes.Write(json, config);
    }
}
