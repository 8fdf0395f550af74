using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>What a checkpoint says of projections that are quantized in GPTQ's layout.</summary>
/// <param name="Bits">Bits of a code: 4 or 8.</param>
/// <param name="GroupSize">Inputs that share a scale; null: all.</param>
/// <param name="Symmetric">Whether zero lies in the middle of the codes.</param>
/// <param name="LeastZero">The zero that is stored as 0: 1 in the format "gptq", 0 in "gptq_v2".</param>
/// <param name="Ordered">Whether inputs may lie in groups in another order than their own, which needs g_idx.</param>
internal sealed record GptqSettings(int Bits, int? GroupSize, bool Symmetric = true, int LeastZero = 1, bool Ordered = false)
{
    /// <summary>The section of config.json.</summary>
    public const string Section = "quantization_config";

    /// <summary>The file that older folders have in its place.</summary>
    public const string OlderFile = "quantize_config.json";

    private const string Readable = "gptq (bits 4 or 8, safetensors)";
    private const string Choose = "Choose such a checkpoint, the unquantized one, or a GGUF file.";

    /// <summary>Codes in 32 bits.</summary>
    public int CodesInWord => 32 / Bits;

    /// <summary>What config.json says; null where weights are plain numbers.</summary>
    /// <exception cref="CheckpointException">The weights are quantized in another way.</exception>
    public static GptqSettings? Read(JsonSection config) =>
        config.OptionalSection(Section) is { } section ? From(section, section.OptionalText("quant_method", "method")) : null;

    /// <summary>What config.json says, or the file of its own that older folders have.</summary>
    /// <exception cref="CheckpointException">The weights are quantized in another way.</exception>
    public static GptqSettings? Read(JsonSection config, string folder)
    {
        if (Read(config) is { } settings) return settings;
        var path = Path.Combine(folder, OlderFile);
        if (!File.Exists(path)) return null;
        var section = JsonSection.Open(path);
        return From(section, section.OptionalText("quant_method", "method") ?? "gptq");
    }

    /// <summary>The section of config.json that transformers and vLLM read.</summary>
    public JsonObject Write() => new()
    {
        ["quant_method"] = "gptq",
        ["bits"] = Bits,
        ["group_size"] = GroupSize ?? -1,
        ["sym"] = Symmetric,
        ["desc_act"] = Ordered,
        ["checkpoint_format"] = LeastZero == 1 ? "gptq" : "gptq_v2",
        ["lm_head"] = false,
    };

    private static GptqSettings From(JsonSection section, string? method)
    {
        if (method != "gptq")
            throw new CheckpointException($"'{section.Path}' says that the weights are quantized ({method ?? "method not named"}); " +
                $"of these only {Readable} is read. {Choose}");
        if (section.OptionalText("pack_dtype") is not (null or "int32")) throw section.Wrong("pack_dtype", "int32", Choose);
        return new(
            section.OptionalInteger("bits") is var bits and (4 or 8) ? bits.Value : throw section.Wrong("bits", "4 or 8", Choose),
            GroupSizeIn(section), section.OptionalFlag("sym") ?? true,
            section.OptionalText("checkpoint_format", "format") switch
            {
                null or "gptq" => 1,
                "gptq_v2" => 0,
                _ => throw section.Wrong(section.Has("checkpoint_format") ? "checkpoint_format" : "format", "gptq or gptq_v2", Choose),
            },
            section.OptionalFlag("desc_act") ?? false);
    }

    private static int? GroupSizeIn(JsonSection section) => section.OptionalInteger("group_size") switch
    {
        -1 => null,
        >= 1 and var size => size,
        _ => throw section.Wrong("group_size", "a whole number of 1 or more, or -1 where all inputs share a scale"),
    };
}
