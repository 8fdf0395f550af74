using System.Text.Json;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <content>Texts and numbers.</content>
internal sealed partial class JsonSchemaGrammar
{
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

    private static double? Bound(JsonElement schema, string key, string at) =>
        !schema.TryGetProperty(key, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var bound) ? bound
        : throw Wrong($"{at}/{key}", $"is {value.GetRawText()}; it must be a number");
}
