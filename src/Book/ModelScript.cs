using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Book;

/// <summary>
/// A model as one script, without loss: the JSON files of its folder and its weights. live/src/model/modelFile.ts reads it.
/// </summary>
/// <remarks>
/// A bfloat16 is | sign | exponent: 8 bits | mantissa: 7 bits |. All exponents come first and all mantissas with their signs after them:
/// exponents are much alike and shrink to a third, mantissas are noise.
/// </remarks>
internal static class ModelScript
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">In Hugging Face's layout, with one model.safetensors of bfloat16.</param>
    /// <exception cref="BookException">A file is missing or broken.</exception>
    public static string Of(string folder)
    {
        try
        {
            var safetensors = File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
            var headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(safetensors));
            var (exponents, mantissas) = Split(MemoryMarshal.Cast<byte, ushort>(safetensors.AsSpan(8 + headerLength)));
            var model = new JsonObject
            {
                ["config"] = Json(folder, "config.json"),
                ["generation"] = Json(folder, "generation_config.json"),
                ["tokenizer"] = Json(folder, "tokenizer.json"),
                ["tokenizerConfig"] = Json(folder, "tokenizer_config.json"),
                ["header"] = JsonNode.Parse(safetensors.AsSpan(8, headerLength)),
                ["exponents"] = Pack(exponents),
                ["mantissas"] = Pack(mantissas),
            };
            return $"globalThis.aliceModelFile={model.ToJsonString(Compact)};\n";
        }
        catch (Exception broken) when (broken is IOException or JsonException or OverflowException or ArgumentException)
        {
            throw new BookException($"The model in '{folder}' cannot be put into the book: {broken.Message}", broken);
        }
    }

    private static JsonNode? Json(string folder, string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, file)));

    private static (byte[] Exponents, byte[] Mantissas) Split(ReadOnlySpan<ushort> weights)
    {
        var (exponents, mantissas) = (new byte[weights.Length], new byte[weights.Length]);
        for (var i = 0; i < weights.Length; i++)
            (exponents[i], mantissas[i]) = ((byte)(weights[i] >> 7), (byte)((weights[i] << 1) | (weights[i] >> 15)));
        return (exponents, mantissas);
    }

    private static string Pack(byte[] plane)
    {
        using var packed = new MemoryStream();
        // Weights repeat no sequences, so only how often each byte occurs can make them shorter.
        var options = new ZLibCompressionOptions { CompressionLevel = 9, CompressionStrategy = ZLibCompressionStrategy.HuffmanOnly };
        using (var gzip = new GZipStream(packed, options, leaveOpen: true))
            gzip.Write(plane);
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
