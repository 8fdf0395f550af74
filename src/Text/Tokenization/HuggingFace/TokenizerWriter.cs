using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Writes Hugging Face's tokenizer.json, laid out as its own library does.</summary>
internal static class TokenizerWriter
{
    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static void WriteFile(string path, TokenizerParts parts)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = OutputFile.Resolve(path);
        var unfinished = path + ".unfinished";
        using (var file = File.Create(unfinished)) Write(file, parts);
        File.Move(unfinished, path, overwrite: true);
    }

    public static void Write(Stream stream, TokenizerParts parts)
    {
        using var json = new Utf8JsonWriter(stream, Layout);
        json.WriteStartObject();
        foreach (var (name, value) in parts.Frame)
        {
            json.WritePropertyName(name);
            if (name == "model") WriteModel(json, value!.AsObject(), parts);
            else WriteNode(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, JsonObject frame, TokenizerParts parts)
    {
        json.WriteStartObject();
        foreach (var (name, value) in frame)
        {
            json.WritePropertyName(name);
            WriteNode(json, value);
        }

        if (parts.Model is UnigramModel unigram)
        {
            WriteScores(json, unigram);
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject("vocab");
        foreach (var (text, id) in parts.Model.Vocabulary.Ids.OrderBy(pair => pair.Value)) json.WriteNumber(text, id);
        json.WriteEndObject();
        WriteMerges(json, parts, parts.Model is CharacterBpe pieces ? pieces.Merges.Merges : ((BpeModel)parts.Model).Merges.Merges);
        json.WriteEndObject();
    }

    private static void WriteScores(Utf8JsonWriter json, UnigramModel model)
    {
        json.WriteStartArray("vocab");
        foreach (var (text, id) in model.Vocabulary.Ids.OrderBy(pair => pair.Value))
        {
            json.WriteStartArray();
            json.WriteStringValue(text);
            json.WriteNumberValue(model.Scores[id]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteMerges(Utf8JsonWriter json, TokenizerParts parts, IEnumerable<Merge> merges)
    {
        var texts = parts.Model.Vocabulary.Ids.ToDictionary(pair => pair.Value, pair => pair.Key);
        json.WriteStartArray("merges");
        foreach (var merge in merges)
        {
            // Characters that are not tokens may merge in a SentencePiece model, but not in a tokenizer.json.
            if (!texts.TryGetValue(merge.Left, out var left) || !texts.TryGetValue(merge.Right, out var right)) continue;
            if (!parts.PairedMerges)
            {
                json.WriteStringValue($"{left} {right}");
                continue;
            }

            json.WriteStartArray();
            json.WriteStringValue(left);
            json.WriteStringValue(right);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNode(Utf8JsonWriter json, JsonNode? node)
    {
        if (node is null) json.WriteNullValue();
        else node.WriteTo(json);
    }
}
