using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Writes a JSON schema as a grammar, so that every text of the grammar fits the schema.</summary>
/// <remarks>
/// JSON Schema 2020-12, https://json-schema.org/specification. The grammar may allow fewer texts than the schema: properties come in the
/// schema's order, none is added to those that it names, and there is one blank after each colon and comma. A keyword that would be
/// ignored is refused. <c>oneOf</c> is read as <c>anyOf</c>.
/// </remarks>
internal sealed partial class JsonSchemaGrammar
{
    private const int MostDigits = 15;    // a double holds every whole number of so many digits

    private static readonly string[] Annotations =
    [
        "$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated",
        "readOnly", "writeOnly", "format",
    ];

    private static readonly string[] Known =
    [
        "$ref", "type", "const", "enum", "anyOf", "oneOf", "properties", "required", "additionalProperties", "items", "prefixItems",
        "minItems", "maxItems", "minLength", "maxLength", "pattern",
    ];

    private static readonly string[] Bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonElement _root;
    private readonly StringBuilder _rules = new();
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private int _count;

    private JsonSchemaGrammar(JsonElement root) => _root = root;

    /// <exception cref="GrammarException">The schema is not valid JSON or cannot be kept.</exception>
    public static string Write(string schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        try
        {
            using var json = JsonDocument.Parse(schema);
            var grammar = new JsonSchemaGrammar(json.RootElement);
            var root = grammar.Value(json.RootElement, "#");
            return $"root ::= {root}\n{grammar._rules}";
        }
        catch (JsonException e)
        {
            throw new GrammarException($"The JSON schema is not valid JSON: {e.Message}", e);
        }
    }

    private string Value(JsonElement schema, string at)
    {
        if (schema.ValueKind == JsonValueKind.True) return AnyValue();
        if (schema.ValueKind != JsonValueKind.Object) throw Wrong(at, $"is {schema.GetRawText()}; a schema is an object or true");
        foreach (var key in schema.EnumerateObject().Select(property => property.Name))
            if (!Known.Contains(key) && !Bounds.Contains(key) && !Annotations.Contains(key))
                throw Wrong($"{at}/{key}", "cannot be kept by a grammar. Remove it and check the answer yourself");
        if (schema.TryGetProperty("$ref", out var reference)) return Reference(Text(reference, $"{at}/$ref"), at);
        if (schema.TryGetProperty("const", out var constant)) return Literal(constant);
        if (schema.TryGetProperty("enum", out var values)) return Either(Items(values, $"{at}/enum").Select(Literal));
        foreach (var key in new[] { "anyOf", "oneOf" })
            if (schema.TryGetProperty(key, out var options))
                return Either(Items(options, $"{at}/{key}").Select((option, i) => Value(option, $"{at}/{key}/{i}")));
        if (!schema.TryGetProperty("type", out var type)) return Untyped(schema, at);
        return type.ValueKind == JsonValueKind.Array
            ? Either(Items(type, $"{at}/type").Select(one => OfType(Text(one, $"{at}/type"), schema, at)))
            : OfType(Text(type, $"{at}/type"), schema, at);
    }

    private string Untyped(JsonElement schema, string at) =>
        schema.TryGetProperty("properties", out _) || schema.TryGetProperty("required", out _) ? Object(schema, at)
        : schema.TryGetProperty("items", out _) || schema.TryGetProperty("prefixItems", out _) ? Array(schema, at)
        : schema.TryGetProperty("pattern", out _) || schema.TryGetProperty("maxLength", out _) ? String(schema, at)
        : schema.TryGetProperty("minimum", out _) || schema.TryGetProperty("maximum", out _) ? Number(schema, at)
        : AnyValue();

    private string OfType(string type, JsonElement schema, string at) => type switch
    {
        "object" => Object(schema, at),
        "array" => Array(schema, at),
        "string" => String(schema, at),
        "integer" => Integer(schema, at),
        "number" => Number(schema, at),
        "boolean" => "(\"true\" | \"false\")",
        "null" => "\"null\"",
        _ => throw Wrong($"{at}/type", $"is '{type}'; it must be object, array, string, integer, number, boolean or null"),
    };

    private string Reference(string reference, string at)
    {
        if (_references.TryGetValue(reference, out var known)) return known;
        var target = _root;
        foreach (var part in reference.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal)
            .Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(part, out target))
                throw Wrong($"{at}/$ref", $"points to '{reference}', which is not in the schema");
        }
        if (!reference.StartsWith('#')) throw Wrong($"{at}/$ref", $"points to '{reference}', outside the schema; only #/... works");
        var rule = _references[reference] = NewName();
        Define(rule, Value(target, reference));
        return rule;
    }

    private string AnyValue() => Shared("value");

    /// <summary>A rule for any JSON of a kind.</summary>
    private string Shared(string name)
    {
        if (!_shared.Add(name)) return $"any-{name}";
        Define($"any-{name}", name switch
        {
            "char" => "[^\"\\\\\\x00-\\x1f\\x7f] | \"\\\\\" [\"\\\\/bfnrt]",
            "string" => $"\"\\\"\" {Shared("char")}* \"\\\"\"",
            "number" => "\"-\"? (\"0\" | [1-9] [0-9]{0,14}) (\".\" [0-9]{1,6})?",
            "object" => $"\"{{\" ({Shared("string")} \": \" {AnyValue()} (\", \" {Shared("string")} \": \" {AnyValue()})*)? \"}}\"",
            "array" => $"\"[\" ({AnyValue()} (\", \" {AnyValue()})*)? \"]\"",
            _ => $"{Shared("string")} | {Shared("number")} | {Shared("object")} | {Shared("array")} | \"true\" | \"false\" | \"null\"",
        });
        return $"any-{name}";
    }

    private string NewRule(string alternatives)
    {
        var name = NewName();
        Define(name, alternatives);
        return name;
    }

    private string NewName() => string.Create(CultureInfo.InvariantCulture, $"r{++_count}");

    private void Define(string name, string alternatives) => _rules.Append(name).Append(" ::= ").Append(alternatives).Append('\n');

    private static string Either(IEnumerable<string> options) => $"({string.Join(" | ", options)})";

    private static string Literal(JsonElement value) => Quoted(Spaced(JsonNode.Parse(value.GetRawText())));

    /// <summary>JSON with one blank after each colon and comma.</summary>
    private static string Spaced(JsonNode? value) => value switch
    {
        JsonObject one => $"{{{string.Join(", ", one.Select(Pair))}}}",
        JsonArray many => $"[{string.Join(", ", many.Select(Spaced))}]",
        null => "null",
        _ => value.ToJsonString(Readable),
    };

    private static string Pair(KeyValuePair<string, JsonNode?> pair) =>
        $"{JsonSerializer.Serialize(pair.Key, Readable)}: {Spaced(pair.Value)}";

    /// <summary>A text as GBNF writes it.</summary>
    private static string Quoted(string text) => $"\"{string.Concat(text.Select(c => c switch
    {
        '\\' => "\\\\",
        '"' => "\\\"",
        < ' ' => $"\\x{(int)c:x2}",
        _ => c.ToString(),
    }))}\"";

    private static JsonElement.ArrayEnumerator Items(JsonElement list, string at) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? list.EnumerateArray()
            : throw Wrong(at, "must be a list that is not empty");

    private static string Text(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(at, $"is {value.GetRawText()}; it must be a text");

    private static int? Count(JsonElement schema, string key, string at) =>
        !schema.TryGetProperty(key, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count
        : throw Wrong($"{at}/{key}", $"is {value.GetRawText()}; it must be a whole number of 0 or more");

    private static GrammarException Wrong(string at, string what) => new($"The JSON schema at {at} {what}.");
}
