using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>
/// How JSON files of a checkpoint are written: indented, special tokens and other alphabets readable, a newline at the end.
/// </summary>
internal static class CheckpointJson
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject json) => json.ToJsonString(Readable) + "\n";
}
