using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>OLMo 2: norms behind attention and feed-forward network, and over all queries and all keys.</summary>
/// <remarks>arXiv:2501.00656, section 3.</remarks>
internal sealed class Olmo2 : LlamaLike
{
    /// <inheritdoc/>
    public override string Name => "olmo2";

    /// <inheritdoc/>
    public override string ClassName => "Olmo2ForCausalLM";

    internal override DecoderConfig Read(JsonSection json)
    {
        var attentionBias = json.OptionalFlag("attention_bias") ?? false;
        return Read(json, Name, context: 2048, epsilon: 1e-5) with
        {
            NormPlacement = NormPlacement.After,
            QueryKeyNorm = QueryKeyNorm.AllHeads,
            AttentionBias = attentionBias,
            OutputBias = attentionBias,
        };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        json["attention_bias"] = config.AttentionBias;
        return json;
    }

    internal override StoredWeight SourceOf(string weight, DecoderConfig config) => new(weight
        .Replace(".self_attn_output_norm.", ".post_attention_layernorm.", StringComparison.Ordinal)
        .Replace(".mlp_output_norm.", ".post_feedforward_layernorm.", StringComparison.Ordinal));

    internal override DecoderConfig ReadGguf(DecoderConfig common, Gguf.GgufSettings settings) =>
        common with { NormPlacement = NormPlacement.After };

    internal override string? NotInLlamaCpp(DecoderConfig config) => config.AttentionBias
        ? "biases on queries, keys and values, and there it has none"
        : OddHeads(config);
}
