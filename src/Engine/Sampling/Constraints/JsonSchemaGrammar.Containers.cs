using System.Text.Json;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <content>Objects and arrays.</content>
internal sealed partial class JsonSchemaGrammar
{
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
}
