using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>
/// Brings .NET's values into the few kinds that templates know: null, bool, long, <see cref="BigInteger"/>, double, string, lists
/// (<see cref="List{T}"/>), tuples (arrays) and <see cref="Mapping"/>.
/// </summary>
internal static class TemplateValue
{
    /// <exception cref="ChatTemplateException">The value is of a kind that templates don't know, or is nested too deeply.</exception>
    public static object? From(object? value)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ChatTemplateException(
                "A value for a chat template is nested too deeply, or holds itself. Put fewer lists and dictionaries into each other.");
        return value switch
        {
            null or bool or long or double or string or Mapping => value,
            char c => c.ToString(),
            byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            ulong number => Numbers.Smallest(number),
            BigInteger number => Numbers.Smallest(number),
            Half or float or decimal => Convert.ToDouble(value is Half half ? (float)half : value, CultureInfo.InvariantCulture),
            Enum => value.ToString(),
            ChatMessage message => From(message),
            JsonElement json => From(json),
            JsonNode json => FromText(json),
            IReadOnlyDictionary<string, object?> dictionary => From(dictionary.Select(pair => (pair.Key, pair.Value))),
            IDictionary dictionary => From(dictionary.Keys.Cast<object>().Select(key => (key.ToString()!, dictionary[key]))),
            IEnumerable items => items.Cast<object?>().Select(From).ToList(),
            _ => throw new ChatTemplateException(
                $"A chat template cannot use a {value.GetType().Name}. " +
                "Give it text, numbers, bools, lists, dictionaries with string keys, or JSON."),
        };
    }

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

    // By way of its text: a JsonNode may hold values of any kind, and keys twice.
    private static object? FromText(JsonNode json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return From(document.RootElement);
    }

    private static object? From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => FromNumber(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(item => From((object?)item)).ToList(),
        JsonValueKind.Object => From(json.EnumerateObject().Select(member => (member.Name, (object?)member.Value))),
        _ => null,
    };

    private static object FromNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var number)) return number;
        var digits = json.GetRawText();
        return digits.Length <= 4200
            && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large)
            ? large
            : json.GetDouble();
    }
}
