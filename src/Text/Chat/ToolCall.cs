using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmRabbitHoles.Chat;

/// <summary>A tool call that a model wrote, read from its JSON.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">Its arguments; numbers as they were written.</param>
public sealed record ToolCall(string Name, IReadOnlyDictionary<string, string> Arguments)
{
    /// <summary>The id that the model gave the call; null: none.</summary>
    public string? Id { get; init; }

    /// <summary>The arguments as they were written; null where they were not written in JSON.</summary>
    internal JsonElement? Json { get; private init; }

    internal static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads <c>{"name": "clock", "arguments": {"show": "time"}}</c>; "parameters" may stand for "arguments".</summary>
    /// <returns>The call; null if the text is not such JSON.</returns>
    public static ToolCall? Parse(string json) => Read(json, Of);

    /// <summary>Reads JSON objects that stand one behind the other, with or without semicolons or commas between them.</summary>
    /// <returns>The calls; one null if one of the objects is not a call.</returns>
    internal static IReadOnlyList<ToolCall?> ParseSequence(string json)
    {
        if (Parse(json) is { } only) return [only];
        var calls = new List<ToolCall?>();
        var rest = Encoding.UTF8.GetBytes(json).AsSpan().TrimStart(" \t\r\n"u8);
        try
        {
            for (; rest.Length > 0; rest = rest.TrimStart(" \t\r\n;,"u8))
            {
                var reader = new Utf8JsonReader(rest);
                reader.Read();
                reader.Skip();
                calls.Add(Parse(Encoding.UTF8.GetString(rest[..(int)reader.BytesConsumed])));
                rest = rest[(int)reader.BytesConsumed..];
            }
        }
        catch (JsonException)
        {
            return [null];
        }
        return calls.Count > 0 && calls.All(call => call is not null) ? calls : [null];
    }

    /// <summary>Reads arguments whose tool is known.</summary>
    /// <returns>The call; null if the text is not a JSON object.</returns>
    internal static ToolCall? ParseArguments(string name, string json, string? id) => Read(json, arguments => Of(name, arguments, id));

    /// <summary>Reads a JSON list of calls.</summary>
    /// <returns>Its calls, null for each that is none; one null if the text is not a list.</returns>
    internal static IReadOnlyList<ToolCall?> ParseList(string json) =>
        Read(json, list => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Of).ToArray() : null) ?? [null];

    private static T? Read<T>(string json, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var document = StrictJson.Parse(Encoding.UTF8.GetBytes(json), "a tool call");
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
            ? Of(name.GetString()!, arguments, call.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null)
            : null;

    // Some models write the arguments as a text that holds JSON, as OpenAI's API has them.
    private static ToolCall? Of(string name, JsonElement arguments, string? id) => arguments.ValueKind switch
    {
        JsonValueKind.String => Read(arguments.GetString()!, inner => inner.ValueKind == JsonValueKind.Object ? Of(name, inner, id) : null),
        JsonValueKind.Object => new ToolCall(name, arguments.EnumerateObject().ToDictionary(
            a => a.Name, a => a.Value.ValueKind == JsonValueKind.String ? a.Value.GetString()! : a.Value.GetRawText(),
            StringComparer.Ordinal)) { Id = id, Json = arguments.Clone() },
        _ => null,
    };

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
