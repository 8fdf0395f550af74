using System.Text.Json;

namespace LlmRabbitHoles.Agents.Tools;

/// <summary>Reads the arguments of a call as its JSON schema wants them, and says in one sentence what does not fit.</summary>
/// <remarks>A model's call is a table of texts, in which what was not a text stands as JSON. The schema says which is meant: "5" is a
/// number where a number is wanted. Of JSON Schema it checks type, enum, properties, required, items and $ref; a tool checks the
/// rest.</remarks>
/// <param name="schema">Of the arguments, an object.</param>
public sealed class SchemaArguments(JsonElement schema)
{
    /// <summary>The names of the arguments, in order.</summary>
    public IReadOnlyList<string> Names { get; } = NamesIn(schema);

    /// <summary>The arguments as JSON values.</summary>
    /// <param name="written">As the model wrote them.</param>
    /// <exception cref="ToolException">An argument is missing, unknown or of another type; the message is for the model.</exception>
    public Dictionary<string, JsonElement> Read(IReadOnlyDictionary<string, string> written)
    {
        ArgumentNullException.ThrowIfNull(written);
        if (Required(schema).FirstOrDefault(name => !written.ContainsKey(name)) is { } missing)
            throw new ToolException($"The argument {missing} is missing.");
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, text) in written)
        {
            if (Property(schema, name) is { } wanted) values[name] = Value(text, Resolved(wanted), name);
            else if (AllowsOthers) values[name] = ParseOrText(text);
            else throw new ToolException($"There is no argument {name}. {Known}");
        }
        return values;
    }

    /// <summary>The arguments as JSON values, and as texts where they do not fit.</summary>
    /// <param name="written">As the model wrote them.</param>
    public Dictionary<string, JsonElement> ReadLeniently(IReadOnlyDictionary<string, string> written)
    {
        ArgumentNullException.ThrowIfNull(written);
        return written.ToDictionary(argument => argument.Key, argument => Lenient(argument.Key, argument.Value), StringComparer.Ordinal);
    }

    private bool AllowsOthers => schema.TryGetProperty("additionalProperties", out var others)
        ? others.ValueKind != JsonValueKind.False
        : !schema.TryGetProperty("properties", out _);

    private string Known => Names.Count == 0 ? "It takes none." : $"The arguments are {string.Join(", ", Names)}.";

    private JsonElement Lenient(string name, string text)
    {
        try
        {
            return Property(schema, name) is { } wanted ? Value(text, Resolved(wanted), name) : ParseOrText(text);
        }
        catch (ToolException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    private JsonElement Value(string text, JsonElement wanted, string place)
    {
        var types = Types(wanted);
        var parsed = TryParse(text);
        if (types.Count == 0 && !wanted.TryGetProperty("enum", out _)) return parsed ?? JsonSerializer.SerializeToElement(text);
        // A text that is allowed stays one, even if it looks like a number, unless null is allowed and meant.
        if (types.Contains("string") && !(parsed?.ValueKind == JsonValueKind.Null && types.Contains("null")))
            parsed = JsonSerializer.SerializeToElement(text);
        var value = parsed ?? JsonSerializer.SerializeToElement(text);
        Check(value, wanted, place);
        return value;
    }

    private void Check(JsonElement value, JsonElement wanted, string place)
    {
        var types = Types(wanted);
        if (types.Count > 0 && !types.Any(type => Fits(value, type)))
            throw new ToolException($"The argument {place} must be {string.Join(" or ", types.Select(Named))}, not {Shown(value)}.");
        if (wanted.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        {
            var choices = string.Join(", ", allowed.EnumerateArray().Select(Shown));
            throw new ToolException($"The argument {place} must be one of {choices}, not {Shown(value)}.");
        }
        if (value.ValueKind == JsonValueKind.Object) CheckObject(value, wanted, place);
        if (value.ValueKind == JsonValueKind.Array && wanted.TryGetProperty("items", out var items))
        {
            foreach (var (index, item) in value.EnumerateArray().Index()) Check(item, Resolved(items), $"{place}[{index}]");
        }
    }

    private void CheckObject(JsonElement value, JsonElement wanted, string place)
    {
        if (Required(wanted).FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing)
            throw new ToolException($"The argument {place}.{missing} is missing.");
        foreach (var property in value.EnumerateObject())
        {
            if (Property(wanted, property.Name) is { } inner) Check(property.Value, Resolved(inner), $"{place}.{property.Name}");
        }
    }

    /// <summary>What a <c>$ref</c> such as <c>#/properties/root</c> points at; a schema that allows all if it points nowhere.</summary>
    private JsonElement Resolved(JsonElement wanted)
    {
        for (var hops = 0; hops < 16; hops++)
        {
            if (wanted.ValueKind != JsonValueKind.Object) return Anything;
            if (!wanted.TryGetProperty("$ref", out var reference)) return wanted;
            wanted = Target(reference.GetString() ?? "");
        }
        return Anything;
    }

    private JsonElement Target(string reference)
    {
        var at = schema;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner)) at = inner;
            else return Anything;
        }
        return at;
    }

    private static JsonElement Anything { get; } = JsonSerializer.SerializeToElement(new Dictionary<string, string>());

    private static IReadOnlyList<string> NamesIn(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : [];

    private static JsonElement? Property(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var property) ? property : null;

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            ? required.EnumerateArray().Select(name => name.GetString()!)
            : [];

    private static List<string> Types(JsonElement wanted) => !wanted.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
        : [type.GetString()!];

    private static bool Fits(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
        "number" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static string Named(string type) => type switch
    {
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "a text",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        _ => type,
    };

    private static string Shown(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= 60 ? text : $"{text[..60]}...";
    }

    private static JsonElement ParseOrText(string text) => TryParse(text) ?? JsonSerializer.SerializeToElement(text);

    private static JsonElement? TryParse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
