using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>
/// llama.cpp knows how a text is split into words by a model's name, not by a pattern. This finds the name that stands for
/// exactly the splits of a tokenizer.json.
/// </summary>
/// <remarks>The patterns behind the names: https://github.com/ggml-org/llama.cpp, src/llama-vocab.cpp.</remarks>
internal static class GgufPreTokenizer
{
    private const string EachDigit = "each digit";

    private static readonly (string Name, string[] Steps, bool IgnoreMerges)[] Known =
    [
        ("gpt-2", [Gpt2Scanner.Pattern], false),
        ("smollm", [EachDigit, Gpt2Scanner.Pattern], false),
        ("qwen2", [Llama3Scanner.OneDigit], false),
        ("smaug-bpe", [Llama3Scanner.ThreeDigits], false),
        ("llama-bpe", [Llama3Scanner.ThreeDigits], true),
    ];

    /// <summary>The value of <c>tokenizer.ggml.pre</c>.</summary>
    /// <exception cref="CheckpointException">llama.cpp has no name for these splits.</exception>
    public static string NameOf(TokenizerParts parts)
    {
        RefuseOtherNormalizer(parts.Frame["normalizer"]);
        var ignoreMerges = Flag(parts.Frame["model"], "ignore_merges", false);
        var steps = Steps(parts.Frame["pre_tokenizer"]).ToArray();
        return Known.FirstOrDefault(known => known.Steps.SequenceEqual(steps) && known.IgnoreMerges == ignoreMerges).Name
            ?? throw Unknown("pre_tokenizer", parts.Frame["pre_tokenizer"]);
    }

    /// <summary>The splits that a name stands for, as a tokenizer.json writes them, and whether whole words skip the merges.</summary>
    /// <param name="settings">The file's.</param>
    /// <exception cref="CheckpointException">The name is not known.</exception>
    public static (JsonNode PreTokenizer, bool IgnoreMerges) Read(GgufSettings settings)
    {
        const string Key = "tokenizer.ggml.pre";
        var name = settings.OptionalText(Key) ?? "gpt-2";
        var known = Known.FirstOrDefault(known => known.Name == name);
        if (known.Name is null)
            throw settings.Wrong(
                Key, string.Join(", ", Known.Select(known => known.Name)), "Choose a model whose tokenizer splits like one of these.");
        return (new JsonObject { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray([.. known.Steps.SelectMany(Written)]) },
            known.IgnoreMerges);
    }

    // The scanner's own pattern is ByteLevel's; any other is a split before a ByteLevel that splits no further.
    private static IEnumerable<JsonNode> Written(string step) => step switch
    {
        EachDigit => [new JsonObject { ["type"] = "Digits", ["individual_digits"] = true }],
        Gpt2Scanner.Pattern => [ByteLevel(splits: true)],
        _ =>
        [
            new JsonObject
            {
                ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = step }, ["behavior"] = "Isolated", ["invert"] = false,
            },
            ByteLevel(splits: false),
        ],
    };

    private static JsonObject ByteLevel(bool splits) => new()
    {
        ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = splits,
    };

    private static IEnumerable<string> Steps(JsonNode? step) => Text(step, "type") switch
    {
        "Sequence" => step!["pretokenizers"]!.AsArray().SelectMany(Steps),
        "Digits" when Flag(step, "individual_digits", false) => [EachDigit],
        "Split" when Text(step, "behavior") == "Isolated" && !Flag(step, "invert", false)
            && Text(step!["pattern"], "Regex") is { } pattern => [pattern],
        "ByteLevel" when !Flag(step, "add_prefix_space", true) => Flag(step, "use_regex", true) ? [Gpt2Scanner.Pattern] : [],
        _ => throw Unknown("pre_tokenizer", step),
    };

    private static string? Text(JsonNode? part, string name) => (string?)part?[name];

    private static bool Flag(JsonNode? part, string name, bool missing) => (bool?)part?[name] ?? missing;

    // Qwen's NFC is known to llama.cpp's converter too, and left out by both: most texts are in that form already.
    private static void RefuseOtherNormalizer(JsonNode? normalizer)
    {
        if (normalizer is not null && Text(normalizer, "type") != "NFC") throw Unknown("normalizer", normalizer);
    }

    private static CheckpointException Unknown(string part, JsonNode? found)
    {
        var text = found?.ToJsonString() ?? "null";
        return new(
            $"The {part} of tokenizer.json, {(text.Length > 100 ? text[..97] + "..." : text)}, is none that llama.cpp has a name for. " +
            $"Tokenizers that split like those of {string.Join(", ", Known.Select(known => known.Name))} can be converted.");
    }
}
