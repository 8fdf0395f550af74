using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Qwen3: a Llama whose queries and keys pass a norm in each head.</summary>
/// <remarks>arXiv:2505.09388.</remarks>
internal sealed class Qwen3 : LlamaLike
{
    /// <inheritdoc/>
    public override string Name => "qwen3";

    /// <inheritdoc/>
    public override string ClassName => "Qwen3ForCausalLM";

    internal override DecoderConfig Read(JsonSection json)
    {
        var attentionBias = json.OptionalFlag("attention_bias") ?? false;
        var config = Read(json, Name, context: 32_768, headDim: 128) with
        {
            QueryKeyNorm = QueryKeyNorm.EachHead,
            AttentionBias = attentionBias,
            OutputBias = attentionBias,
        };
        return QwenWindow.Read(json, config);
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        json["attention_bias"] = config.AttentionBias;
        QwenWindow.Write(json, config);
        return json;
    }

    internal override string? NotInLlamaCpp(DecoderConfig config) =>
        config.OutputBias ? "a bias behind its attention, and there it has none" : null;
}
