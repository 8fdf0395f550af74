using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace LlmRabbitHoles.Reading;

/// <summary>JSON that cannot be used; the message names file, line, byte and reason.</summary>
/// <param name="file">What was read, as its reader names it.</param>
/// <param name="line">From 1.</param>
/// <param name="byteOfLine">From 1.</param>
/// <param name="reason">A sentence.</param>
/// <param name="inner">What the parser said.</param>
public sealed class JsonFileException(string file, long line, long byteOfLine, string reason, Exception? inner = null)
    : JsonException(
        $"'{Shortened.Of(file, 300)}' is not valid JSON at line {line}, byte {byteOfLine} of the line: {reason}", null, line - 1,
        byteOfLine - 1, inner)
{
    /// <summary>What is wrong there, without the place.</summary>
    public string Reason => reason;

    /// <summary>The line, from 1.</summary>
    public long Line => line;

    /// <summary>The byte within the line, from 1.</summary>
    public long Byte => byteOfLine;
}

/// <summary>
/// The one reader of JSON files. What it lets through can be used without surprises: it is UTF-8, each text is whole characters, each name
/// stands once in its object, each number is finite, and nothing is nested too deeply. .NET's own parser notices these only when a value is
/// used, with exceptions of other kinds that name no file.
/// </summary>
public static class StrictJson
{
    private const int UsualDepth = 64;

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The text, with or without a byte order mark.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="mostDepth">How many arrays and objects may stand in each other.</param>
    /// <exception cref="JsonFileException">The text is not JSON, or not of the strict kind.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string file, int mostDepth = UsualDepth)
    {
        utf8 = utf8[MarkLength(utf8.Span)..];
        Check(utf8.Span, file, mostDepth);
        return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = mostDepth });
    }

    /// <summary>Reads a tree of nodes.</summary>
    /// <param name="utf8">The text, with or without a byte order mark.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="mostDepth">How many arrays and objects may stand in each other.</param>
    /// <exception cref="JsonFileException">The text is not JSON, or not of the strict kind.</exception>
    public static JsonNode? ParseNode(ReadOnlySpan<byte> utf8, string file, int mostDepth = UsualDepth)
    {
        utf8 = utf8[MarkLength(utf8)..];
        Check(utf8, file, mostDepth);
        return JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = mostDepth });
    }

    private static int MarkLength(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? 3 : 0;

    private static void Check(ReadOnlySpan<byte> utf8, string file, int mostDepth)
    {
        if (!Utf8.IsValid(utf8)) throw Refuse(utf8, FirstInvalid(utf8), file, "these bytes are not UTF-8.");
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = mostDepth });
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (Refusal(ref reader, names) is { } reason) throw Refuse(utf8, (int)reader.TokenStartIndex, file, reason);
            }
        }
        catch (JsonException broken) when (broken is not JsonFileException)
        {
            throw new JsonFileException(file, (broken.LineNumber ?? 0) + 1, (broken.BytePositionInLine ?? 0) + 1, ReasonOf(broken), broken);
        }
    }

    private static string? Refusal(ref Utf8JsonReader reader, Stack<HashSet<string>> names)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: names.Push(new(StringComparer.Ordinal)); return null;
            case JsonTokenType.EndObject: names.Pop(); return null;
            case JsonTokenType.PropertyName:
                var name = Text(ref reader);
                return name is null
                    ? HalfACharacter
                    : names.Peek().Add(name) ? null : $"the name '{Shortened.Of(name)}' stands twice in its object.";
            case JsonTokenType.String: return reader.ValueIsEscaped && Text(ref reader) is null ? HalfACharacter : null;
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var number) && double.IsFinite(number) ? null : "the number is too large.";
            default: return null;
        }
    }

    private const string HalfACharacter = "the text holds half of a character: an escape \\ud800 to \\udfff without its other half.";

    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonFileException Refuse(ReadOnlySpan<byte> utf8, int at, string file, string reason)
    {
        var before = utf8[..at];
        return new JsonFileException(file, before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'), reason);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }

    // The parser's message without the place, which stands at the front of ours.
    private static string ReasonOf(JsonException broken)
    {
        var ends = new[]
        {
            broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal), broken.Message.IndexOf(" Path:", StringComparison.Ordinal)
        };
        return Shortened.Of(broken.Message[..ends.Where(at => at > 0).DefaultIfEmpty(broken.Message.Length).Min()], 200);
    }
}
