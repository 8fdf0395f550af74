using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Mistral: a Llama whose tokens see a window of those before them. It is a Llama to llama.cpp.</summary>
/// <remarks>Jiang et al. 2023, arXiv:2310.06825.</remarks>
internal sealed class Mistral : LlamaLike
{
    /// <inheritdoc/>
    public override string Name => "mistral";

    /// <inheritdoc/>
    public override string ClassName => "MistralForCausalLM";

    /// <inheritdoc/>
    public override string GgufName => "llama";

    internal override DecoderConfig Read(JsonSection json) => Read(json, Name, context: 131_072) with
    {
        SlidingWindow = json.Names("sliding_window") ? json.OptionalSize("sliding_window") : 4096,
    };

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        json["sliding_window"] = config.SlidingWindow;
        return json;
    }
}
