using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Qwen2 and Qwen2.5: a Llama with biases on queries, keys and values.</summary>
/// <remarks>arXiv:2407.10671.</remarks>
internal sealed class Qwen2 : LlamaLike
{
    /// <inheritdoc/>
    public override string Name => "qwen2";

    /// <inheritdoc/>
    public override string ClassName => "Qwen2ForCausalLM";

    internal override DecoderConfig Read(JsonSection json)
    {
        var config = Read(json, Name, context: 32_768) with { AttentionBias = true };
        return QwenWindow.Read(json, config);
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        QwenWindow.Write(json, config);
        return json;
    }

    internal override string? NotInLlamaCpp(DecoderConfig config) => OddHeads(config);
}
