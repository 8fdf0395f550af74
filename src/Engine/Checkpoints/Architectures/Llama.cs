using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Llama, SmolLM and Alice.</summary>
/// <remarks>Touvron et al. 2023, arXiv:2302.13971.</remarks>
internal sealed class Llama : LlamaLike
{
    /// <inheritdoc/>
    public override string Name => "llama";

    /// <inheritdoc/>
    public override string ClassName => "LlamaForCausalLM";

    internal override DecoderConfig Read(JsonSection json)
    {
        var attentionBias = json.OptionalFlag("attention_bias") ?? false;
        return Read(json, Name, context: 2048) with
        {
            AttentionBias = attentionBias,
            OutputBias = attentionBias,
            FeedForwardBias = json.OptionalFlag("mlp_bias") ?? false,
        };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        (json["attention_bias"], json["mlp_bias"]) = (config.AttentionBias, config.FeedForwardBias);
        return json;
    }
}
