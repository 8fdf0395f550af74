using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>
/// Brings .NET's values into the few kinds that templates know: null, bool, long, double, string, lists (<see cref="List{T}"/>),
/// tuples (arrays) and <see cref="Mapping"/>.
/// </summary>
internal static class TemplateValue
{
    /// <exception cref="ArgumentException">The value is of a kind that templates don't know.</exception>
    public static object? From(object? value) => value switch
    {
        null or bool or long or double or string or Mapping => value,
        char c => c.ToString(),
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value),
        float or decimal => Convert.ToDouble(value),
        Enum => value.ToString(),
        ChatMessage message => From(message),
        JsonElement json => From(json),
        JsonNode json => From(JsonSerializer.SerializeToElement(json)),
        IReadOnlyDictionary<string, object?> dictionary => From(dictionary.Select(pair => (pair.Key, pair.Value))),
        IDictionary dictionary => From(dictionary.Keys.Cast<object>().Select(key => (key.ToString()!, dictionary[key]))),
        IEnumerable items => items.Cast<object?>().Select(From).ToList(),
        _ => throw new ArgumentException($"A template cannot use a {value.GetType().Name}. Give it text, numbers, bools, lists, dictionaries with string keys, or JSON."),
    };

    private static Mapping From(ChatMessage message)
    {
        var mapping = new Mapping { ["role"] = message.Role, ["content"] = message.Content };
        foreach (var (name, value) in message.Extra ?? new Dictionary<string, object?>()) mapping[name] = From(value);
        return mapping;
    }

    private static Mapping From(IEnumerable<(string, object?)> pairs)
    {
        var mapping = new Mapping();
        foreach (var (key, value) in pairs) mapping[key] = From(value);
        return mapping;
    }

    private static object? From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var number) ? (object)number : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(item => From(item)).ToList(),
        JsonValueKind.Object => From(json.EnumerateObject().Select(member => (member.Name, (object?)member.Value))),
        _ => null,
    };
}
