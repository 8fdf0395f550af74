using System.Text.Json;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Reads a Hugging Face <c>config.json</c> into a <see cref="DecoderConfig"/>.</summary>
/// <remarks>
/// A missing key takes the default that transformers gives it, except the sizes that make the model (vocabulary, hidden,
/// layers, heads, feed-forward): those have to be there.
/// </remarks>
public static partial class ConfigReader
{
    private const string Supported = "llama, gpt2, qwen2, qwen3 or mistral";

    /// <summary>Reads and checks one file.</summary>
    /// <param name="path">A <c>config.json</c> with model_type llama (SmolLM too), gpt2, qwen2, qwen3 or mistral.</param>
    /// <exception cref="CheckpointException">The file cannot be read, the architecture is another, or a key is missing or impossible.</exception>
    public static DecoderConfig Read(string path) => Read(JsonSection.Open(path));

    internal static DecoderConfig Read(JsonSection json)
    {
        var architecture = json.OptionalText("model_type") ?? throw json.Missing("model_type", Supported);
        RefuseQuantizedWeights(json);
        try
        {
            var config = Describe(architecture, json);
            RefuseImpossibleHeads(json, config);
            return config.Validate();
        }
        catch (ArgumentException e)
        {
            throw new CheckpointException($"'{json.Path}' describes a model that cannot be: {e.Message} Correct its sizes.", e);
        }
    }

    private static DecoderConfig Describe(string architecture, JsonSection json) => architecture switch
    {
        "gpt2" => Gpt2(json),
        "llama" => Llama(json),
        "mistral" => Mistral(json),
        "qwen2" => Qwen2(json),
        "qwen3" => Qwen3(json),
        _ => throw json.Wrong("model_type", Supported, "Choose a checkpoint of one of these architectures."),
    };

    private static void RefuseQuantizedWeights(JsonSection json)
    {
        if (json.OptionalSection("quantization_config") is { } quantization)
            throw new CheckpointException(
                $"'{json.Path}' says that the weights are quantized ({quantization.OptionalText("quant_method") ?? "method not named"}); "
                + "plain F32, F16 or BF16 weights are needed. Choose the unquantized checkpoint.");
    }

    private static void RefuseImpossibleHeads(JsonSection json, DecoderConfig config)
    {
        if (config.Heads % config.KeyValueHeads != 0)
            throw json.Wrong("num_key_value_heads", $"a number that divides num_attention_heads ({config.Heads})");
        if (config.Positions == PositionKind.Rotary && config.HeadDim % 2 != 0)
            throw new CheckpointException(
                $"The head width in '{json.Path}' is {config.HeadDim}; rotary positions turn channels in pairs, so it must be even. Check head_dim, hidden_size and num_attention_heads.");
    }

    private static int HeadDimFrom(JsonSection json, int hidden, int heads, string hiddenKey, string headsKey) =>
        hidden % heads == 0
            ? hidden / heads
            : throw new CheckpointException(
                $"{hiddenKey} in '{json.Path}' is {hidden}, which {headsKey} ({heads}) does not divide; the head width would not be whole. Correct one of them.");

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
