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
internal sealed class JsonSchemaGrammar
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

    private string Object(JsonElement schema, string at)
    {
        var required = schema.TryGetProperty("required", out var names)
            ? Items(names, $"{at}/required").Select(name => Text(name, $"{at}/required")).ToHashSet() : [];
        if (!schema.TryGetProperty("properties", out var properties) || properties.EnumerateObject().MoveNext() is false)
            return required.Count == 0 ? Map(schema, at) : throw Wrong($"{at}/required", "has no 'properties' beside it");
        var all = properties.EnumerateObject().ToArray();
        if (required.Except(all.Select(property => property.Name)).FirstOrDefault() is { } missing)
            throw Wrong($"{at}/required", $"names '{missing}', which 'properties' does not describe");
        // Two rules for what comes after each property: with a property before it, and without one.
        var (after, first) = ("", "");
        for (var i = all.Length - 1; i >= 0; i--)
        {
            var pair = Quoted(JsonSerializer.Serialize(all[i].Name, Readable) + ": ") + " " +
                Value(all[i].Value, $"{at}/properties/{all[i].Name}");
            var isRequired = required.Contains(all[i].Name);
            var (next, nextFirst) = (after, first);
            after = NewRule(isRequired ? $"\", \" {pair} {next}" : $"(\", \" {pair})? {next}");
            first = NewRule(isRequired ? $"{pair} {next}" : $"({pair} {next} | {nextFirst})");
        }
        return $"\"{{\" {first} \"}}\"";
    }

    private string Map(JsonElement schema, string at)
    {
        if (!schema.TryGetProperty("additionalProperties", out var values)) return Shared("object");
        if (values.ValueKind == JsonValueKind.False) return "\"{}\"";
        var pair = NewRule($"{Shared("string")} \": \" {Value(values, $"{at}/additionalProperties")}");
        return $"\"{{\" ({pair} (\", \" {pair})*)? \"}}\"";
    }

    private string Array(JsonElement schema, string at)
    {
        var first = schema.TryGetProperty("prefixItems", out var prefix)
            ? Items(prefix, $"{at}/prefixItems").Select((item, i) => Value(item, $"{at}/prefixItems/{i}")).ToArray() : [];
        var closed = schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.False;
        var (least, most) = (Count(schema, "minItems", at) ?? 0, Count(schema, "maxItems", at) ?? (closed ? first.Length : null));
        if (most < least) throw Wrong($"{at}/maxItems", $"is {most}, less than minItems, {least}");
        if (first.Length > 0) return Tuple(first, items, closed, least, most, at);
        if (most == 0) return "\"[]\"";
        var item = NewRule(items.ValueKind == JsonValueKind.Undefined ? AnyValue() : Value(items, $"{at}/items"));
        var more = $"{item} (\", \" {item}){{{Math.Max(least - 1, 0)},{(most is { } end ? end - 1 : "")}}}";
        return least > 0 ? $"\"[\" {more} \"]\"" : $"\"[\" ({more})? \"]\"";
    }

    // Items at fixed places are all written, and then as few others as are needed.
    private string Tuple(string[] first, JsonElement items, bool closed, int least, int? most, string at)
    {
        var count = Math.Max(Math.Min(first.Length, most ?? first.Length), 0);
        var others = Math.Max(0, least - count);
        if (others > 0 && closed) throw Wrong($"{at}/minItems", $"is {least}, and only {first.Length} items are described");
        var other = others == 0 ? [] : Enumerable.Repeat(
            NewRule(items.ValueKind == JsonValueKind.Undefined ? AnyValue() : Value(items, $"{at}/items")), others);
        return $"\"[\" {string.Join(" \", \" ", first.Take(count).Concat(other))} \"]\"";
    }

    private string String(JsonElement schema, string at)
    {
        var (least, most) = (Count(schema, "minLength", at), Count(schema, "maxLength", at));
        if (schema.TryGetProperty("pattern", out var pattern))
        {
            if (least is not null || most is not null)
                throw Wrong($"{at}/pattern", "stands beside minLength or maxLength. Say the length in the pattern");
            return $"\"\\\"\" ({RegexGrammar.WriteJson(Text(pattern, $"{at}/pattern"))}) \"\\\"\"";
        }
        if (schema.TryGetProperty("format", out var format) && Format(Text(format, $"{at}/format")) is { } written)
            return $"\"\\\"\" {written} \"\\\"\"";
        if (most < (least ?? 0)) throw Wrong($"{at}/maxLength", $"is {most}, less than minLength, {least}");
        return least is null && most is null ? Shared("string") : $"\"\\\"\" {Shared("char")}{{{least ?? 0},{most}}} \"\\\"\"";
    }

    private static string? Format(string format)
    {
        const string Date = "[1-2] [0-9]{3} \"-\" (\"0\" [1-9] | \"1\" [0-2]) \"-\" (\"0\" [1-9] | \"1\" [0-9] | \"2\" [0-8])";
        const string Time = "([0-1] [0-9] | \"2\" [0-3]) \":\" [0-5] [0-9] \":\" [0-5] [0-9] \"Z\"";
        return format switch
        {
            "date" => Date,
            "time" => Time,
            "date-time" => $"{Date} \"T\" {Time}",
            "uuid" => "[0-9a-f]{8} (\"-\" [0-9a-f]{4}){3} \"-\" [0-9a-f]{12}",
            _ => null,    // an annotation, by the specification
        };
    }

    private string Integer(JsonElement schema, string at)
    {
        var (least, most) = WholeBounds(schema, at);
        return NewRule(DigitRanges.Between(least, most));
    }

    private string Number(JsonElement schema, string at)
    {
        if (!Bounds.Any(bound => schema.TryGetProperty(bound, out _))) return Shared("number");
        var (least, most) = WholeBounds(schema, at);
        var whole = DigitRanges.Between(least, most);
        // Digits behind the point keep a number that is not negative between a whole number and the next.
        return Math.Max(least, 0) < most
            ? NewRule($"{whole} | ({DigitRanges.Between(Math.Max(least, 0), most - 1)}) \".\" [0-9]{{1,6}}")
            : NewRule(whole);
    }

    /// <summary>The least and the most whole number that the bounds allow.</summary>
    private static (long Least, long Most) WholeBounds(JsonElement schema, string at)
    {
        var limit = (double)Math.Pow(10, MostDigits) - 1;
        var least = Math.Max(
            Math.Ceiling(Bound(schema, "minimum", at) ?? -limit), Math.Floor(Bound(schema, "exclusiveMinimum", at) ?? (-limit - 1)) + 1);
        var most = Math.Min(
            Math.Floor(Bound(schema, "maximum", at) ?? limit), Math.Ceiling(Bound(schema, "exclusiveMaximum", at) ?? (limit + 1)) - 1);
        if (least > most) throw Wrong(at, "has bounds between which there is no whole number");
        if (Math.Max(Math.Abs(least), Math.Abs(most)) > limit) throw Wrong(at, $"has bounds of more than {MostDigits} digits");
        return ((long)least, (long)most);
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

    private static double? Bound(JsonElement schema, string key, string at) =>
        !schema.TryGetProperty(key, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var bound) ? bound
        : throw Wrong($"{at}/{key}", $"is {value.GetRawText()}; it must be a number");

    private static GrammarException Wrong(string at, string what) => new($"The JSON schema at {at} {what}.");
}
