using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>
/// Reads the values that claims and exercises store in an output
/// beside the visible text. Foreign data gives null.
/// </summary>
internal static class LessonData
{
    public static string? Text(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static double? Number(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    public static bool? Truth(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<bool>(out var truth) ? truth : null;

    /// <returns>The texts of an array; empty when there is none.</returns>
    public static IReadOnlyList<string> Texts(JsonObject json, string key) =>
        json[key] is JsonArray items ? [.. items.OfType<JsonValue>().Select(item => item.ToString())] : [];

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>JSON has no infinity.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
