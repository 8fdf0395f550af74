using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmRabbitHoles.Chat;

/// <summary>A tool call that a model wrote, read from its JSON.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">Its arguments; numbers as they were written.</param>
public sealed record ToolCall(string Name, IReadOnlyDictionary<string, string> Arguments)
{
    internal static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads <c>{"name": "clock", "arguments": {"show": "time"}}</c>; "parameters" may stand for "arguments".</summary>
    /// <returns>The call; null if the text is not such JSON.</returns>
    public static ToolCall? Parse(string json) => Read(json, Of);

    /// <summary>Reads a JSON list of calls.</summary>
    /// <returns>Its calls, null for each that is none; one null if the text is not a list.</returns>
    internal static IReadOnlyList<ToolCall?> ParseList(string json) =>
        Read(json, list => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Of).ToArray() : null) ?? [null];

    private static T? Read<T>(string json, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var document = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(json), "a tool call");
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static ToolCall? Of(JsonElement call) => call.ValueKind == JsonValueKind.Object
        && call.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && (call.TryGetProperty("arguments", out var arguments) || call.TryGetProperty("parameters", out arguments))
        && arguments.ValueKind == JsonValueKind.Object
            ? new ToolCall(name.GetString()!, arguments.EnumerateObject().ToDictionary(
                a => a.Name, a => a.Value.ValueKind == JsonValueKind.String ? a.Value.GetString()! : a.Value.GetRawText(),
                StringComparer.Ordinal))
            : null;

    /// <summary>Whether another call asks for the same: the same tool, and arguments that differ in blanks only.</summary>
    public bool IsSameAs(ToolCall other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Name == other.Name && Arguments.Count == other.Arguments.Count
            && Arguments.All(a => other.Arguments.TryGetValue(a.Key, out var value) && Bare(value) == Bare(a.Value));
    }

    /// <summary>The call as JSON, with a blank after each comma and colon, as Python's json.dumps writes it.</summary>
    public override string ToString()
    {
        var arguments = Arguments.Select(a => $"{Quoted(a.Key)}: {Quoted(a.Value)}");
        return $"{{\"name\": {Quoted(Name)}, \"arguments\": {{{string.Join(", ", arguments)}}}}}";
    }

    private static string Bare(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
