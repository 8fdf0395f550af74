using System.Text;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A vocabulary as large as those of today's models, with real strings: GPT-4o's, cut to a size.</summary>
internal static class LargeVocabulary
{
    private const string End = "<|endoftext|>";

    /// <summary>A tokenizer whose tokens are the bytes and the most frequent of GPT-4o's that are whole characters.</summary>
    /// <param name="size">Tokens, the mark of the end included.</param>
    /// <exception cref="WorkFailedException">GPT-4o has fewer.</exception>
    public static ByteLevelBpe Create(int size)
    {
        var gpt4o = TiktokenTokenizer.CreateForModel("gpt-4o");
        var texts = new List<string>([.. Enumerable.Range(0, 256).Select(value => Written([(byte)value]))]);
        var known = texts.ToHashSet(StringComparer.Ordinal);
        for (var id = 0; texts.Count < size - 1; id++)
        {
            if (id == 199_998) throw new WorkFailedException($"GPT-4o has too few tokens for {size}. Use a smaller vocabulary.");
            if (gpt4o.Decode([id]) is { Length: > 0 } text && !text.Contains('\uFFFD', StringComparison.Ordinal)
                && known.Add(Written(Encoding.UTF8.GetBytes(text))))
                texts.Add(Written(Encoding.UTF8.GetBytes(text)));
        }
        var vocabulary = new JsonObject(texts.Select((text, id) => KeyValuePair.Create(text, (JsonNode?)id)));
        return ByteLevelBpe.Parse(new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(new JsonObject
            {
                ["id"] = size - 1, ["content"] = End, ["special"] = true, ["single_word"] = false, ["lstrip"] = false,
                ["rstrip"] = false, ["normalized"] = false,
            }),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true,
            },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
        }.ToJsonString(), "GPT-4o's vocabulary");
    }

    // Byte-level BPE writes each byte as a visible character: those that are visible in Latin-1 as they are, the rest from U+0100 on.
    private static string Written(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes) text.Append(IsVisible(value) ? (char)value : (char)(0x100 + Hidden.IndexOf(value)));
        return text.ToString();
    }

    private static bool IsVisible(byte value) => value is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or >= 0xAE;

    private static List<byte> Hidden { get; } =
        [.. Enumerable.Range(0, 256).Select(value => (byte)value).Where(value => !IsVisible(value))];
}
