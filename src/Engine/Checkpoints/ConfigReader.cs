using LlmRabbitHoles.Checkpoints.Architectures;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Reads a Hugging Face <c>config.json</c> into a <see cref="DecoderConfig"/>.</summary>
/// <remarks>
/// A missing key takes the default that transformers gives it, except the sizes that make the model (vocabulary, hidden,
/// layers, heads, feed-forward): those have to be there. Of a model that also reads images, the text_config is read.
/// </remarks>
internal static class ConfigReader
{
    /// <summary>Reads and checks one file.</summary>
    /// <param name="path">A <c>config.json</c> of one of the architectures in <see cref="Architecture.All"/>.</param>
    /// <exception cref="CheckpointException">The file cannot be read, the architecture is another, or a
    /// key is missing or impossible.</exception>
    public static DecoderConfig Read(string path) => Read(JsonSection.Open(path));

    internal static DecoderConfig Read(JsonSection json)
    {
        var name = json.OptionalText("model_type") ?? throw json.Missing("model_type", Architecture.Names);
        var architecture = Architecture.All.FirstOrDefault(family => family.Name == name || family.NameWithImages == name)
            ?? throw json.Wrong("model_type", Architecture.Names, "Choose a checkpoint of one of these architectures.");
        GptqSettings.Read(json);    // refuses what cannot be read, before sizes are looked at
        var hasImages = architecture.NameWithImages == name;
        if (hasImages) json = json.OptionalSection("text_config") ?? throw json.Missing("text_config", "the settings of the text model");
        try
        {
            var config = hasImages ? architecture.ReadWithImages(json) : architecture.Read(json);
            RefuseImpossibleHeads(json, config);
            return config.Validate();
        }
        catch (ArgumentException e)
        {
            throw new CheckpointException($"'{json.Path}' describes a model that cannot be: {e.Message} Correct its sizes.", e);
        }
    }

    private static void RefuseImpossibleHeads(JsonSection json, DecoderConfig config)
    {
        if (config.Heads % config.KeyValueHeads != 0)
            throw json.Wrong("num_key_value_heads", $"a number that divides num_attention_heads ({config.Heads})");
        if (config.Positions == PositionKind.Rotary && config.HeadDim % 2 != 0)
            throw new CheckpointException(
                $"The head width in '{json.Path}' is {config.HeadDim}; rotary positions turn channels in pairs, so it must be even. " +
                "Check head_dim, hidden_size and num_attention_heads.");
    }
}
