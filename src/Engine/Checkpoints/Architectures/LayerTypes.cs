using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>The key layer_types of a config.json: sliding_attention for a layer with a window, full_attention for one without.</summary>
internal static class LayerTypes
{
    private const string Key = "layer_types";

    /// <summary>Which layers have a window; null where the key is missing.</summary>
    /// <exception cref="CheckpointException">The key is not a list of these two words, one a layer.</exception>
    public static bool[]? Windowed(JsonSection json, int layers)
    {
        if (json.Optional(Key) is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != layers || !list.EnumerateArray().All(IsKnown))
            throw json.Wrong(Key, $"a list of {layers} texts, each sliding_attention or full_attention");
        return [.. list.EnumerateArray().Select(type => type.ValueEquals("sliding_attention"))];

        static bool IsKnown(JsonElement type) =>
            type.ValueKind == JsonValueKind.String && (type.ValueEquals("sliding_attention") || type.ValueEquals("full_attention"));
    }

    public static void Write(JsonObject json, DecoderConfig config) => json[Key] = new JsonArray(
        [.. Enumerable.Range(0, config.Layers).Select(layer =>
            JsonValue.Create(config.KindOf(layer).HasWindow() ? "sliding_attention" : "full_attention"))]);
}
