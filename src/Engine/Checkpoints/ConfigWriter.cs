using System.Text;
using LlmRabbitHoles.Checkpoints.Architectures;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Writes a <see cref="DecoderConfig"/> as a Hugging Face <c>config.json</c> that transformers reads as the same model.</summary>
internal static class ConfigWriter
{
    /// <summary>The text of <c>config.json</c>.</summary>
    /// <param name="config">The model.</param>
    /// <param name="defaults">Where the begin, end and padding tokens come from; null writes none.</param>
    /// <param name="dtype">The weights' dtype: Float32, Float16 or BFloat16.</param>
    /// <param name="quantization">How weights are quantized; null: they are plain numbers.</param>
    /// <exception cref="CheckpointException">The architecture's config.json has no key for one of the settings.</exception>
    public static string Write(
        DecoderConfig config, GenerationDefaults? defaults = null, ScalarType dtype = ScalarType.BFloat16,
        GptqSettings? quantization = null)
    {
        var json = Architecture.Named(config.Architecture).Write(config);
        json["tie_word_embeddings"] = config.TiedEmbeddings;
        json["torch_dtype"] = DtypeName(dtype);
        json["use_cache"] = true;
        defaults?.WriteTokens(json);
        // transformers would take its own, 1 and 2 for Llama
        foreach (var key in new[] { "bos_token_id", "eos_token_id", "pad_token_id" }) json.TryAdd(key, null);
        if (quantization is not null) json[GptqSettings.Section] = quantization.Write();
        var text = CheckpointJson.Of(json);
        RefuseWhatIsLost(config, text);
        return text;
    }

    private static string DtypeName(ScalarType dtype) => dtype switch
    {
        ScalarType.Float32 => "float32",
        ScalarType.Float16 => "float16",
        ScalarType.BFloat16 => "bfloat16",
        _ => throw new CheckpointException(
            $"Weights cannot be saved as {dtype}; a checkpoint holds Float32, Float16 or BFloat16. Choose one of these."),
    };

    // What is read back has to be what was meant: a setting without a key would be lost in silence.
    private static void RefuseWhatIsLost(DecoderConfig config, string text)
    {
        var read = ConfigReader.Read(JsonSection.Parse("config.json", Encoding.UTF8.GetBytes(text)));
        if (read == config)
            return;
        var lost = typeof(DecoderConfig).GetProperties().First(property => !Equals(property.GetValue(read), property.GetValue(config)));
        throw new CheckpointException(
            $"A {config.Architecture} config.json cannot say that {lost.Name} is {lost.GetValue(config) ?? "null"}; " +
            $"it would be read as {lost.GetValue(read) ?? "null"}. Choose the Architecture that has this setting.");
    }
}
