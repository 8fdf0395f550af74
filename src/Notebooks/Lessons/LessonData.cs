using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Lessons;

/// <summary>Reads what claims, predictions and exercises leave in an output beside what people see. Foreign data reads as nothing.</summary>
internal static class LessonData
{
    public static JsonObject? Of(CellOutput output, string mimeType) => output switch
    {
        ResultOutput result => result.Data.Find(mimeType) as JsonObject,
        DisplayOutput display => display.Data.Find(mimeType) as JsonObject,
        _ => null,
    };

    public static string? Text(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static double? Number(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    public static bool? Truth(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<bool>(out var truth) ? truth : null;

    /// <summary>JSON has no infinity.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
