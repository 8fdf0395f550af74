using System.Text.Encodings.Web;
using System.Text.Json;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>A corpus as JSON lines: what is hashed, and what a folder holds.</summary>
/// <remarks>
/// Plain: {"part":"stories","text":"..."}. Chat: {"part":"facts","messages":[{"role":"user","content":"..."}]}.
/// Evaluation: {"ability":"facts","topic":"country.capital","messages":[...]}.
/// </remarks>
internal static class CorpusLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<byte[]> All(Corpus corpus) =>
        corpus.Train.Select(Line).Concat(corpus.Validation.Select(Line)).Concat(corpus.Evaluation.Select(Line));

    public static byte[] Line(Document document) => Write(json =>
    {
        json.WriteString("part", document.Part);
        if (document.IsChat)
            WriteMessages(json, "messages", document.Messages);
        else
            json.WriteString("text", document.Text);
    });

    public static byte[] Line(EvaluationQuestion question) => Write(json =>
    {
        json.WriteString("ability", question.Ability);
        json.WriteString("topic", question.Topic);
        WriteMessages(json, "messages", question.Messages);
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, string name, IReadOnlyList<ChatMessage> messages)
    {
        json.WriteStartArray(name);
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            json.WriteString("content", message.Content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
