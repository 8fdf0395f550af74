using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmRabbitHoles.Chat;

/// <summary>What a model wrote between its tool call tokens, read as JSON.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">Its arguments; numbers as they were written.</param>
public sealed record ToolCall(string Name, IReadOnlyDictionary<string, string> Arguments)
{
    /// <summary>Reads <c>{"name": "clock", "arguments": {"show": "time"}}</c>.</summary>
    /// <param name="json">What stands between the tokens.</param>
    /// <returns>The call; null if the text is no such JSON.</returns>
    public static ToolCall? Parse(string json)
    {
        try
        {
            using var document = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(json), "a tool call");
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } call
                || !call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
                || !call.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object) return null;
            return new ToolCall(name.GetString()!, arguments.EnumerateObject().ToDictionary(
                a => a.Name, a => a.Value.ValueKind == JsonValueKind.String ? a.Value.GetString()! : a.Value.GetRawText(), StringComparer.Ordinal));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }

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
