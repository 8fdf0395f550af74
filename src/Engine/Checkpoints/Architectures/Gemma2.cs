using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Gemma 2: norms around attention and feed-forward network, caps on scores and logits, a window in every other layer.</summary>
/// <remarks>arXiv:2408.00118.</remarks>
internal sealed class Gemma2 : GemmaLike
{
    private const int LayersOf27B = 46;

    /// <inheritdoc/>
    public override string Name => "gemma2";

    /// <inheritdoc/>
    public override string ClassName => "Gemma2ForCausalLM";

    internal override DecoderConfig Read(JsonSection json)
    {
        var config = ReadGemma(json, context: 8192, theta: 10_000) with
        {
            AttentionCap = json.Names("attn_logit_softcapping") ? json.OptionalPositive("attn_logit_softcapping") : 50,
            LogitCap = json.Names("final_logit_softcapping") ? json.OptionalPositive("final_logit_softcapping") : 30,
        };
        return config with { LayerKinds = Kinds(json, config.Layers, interval: 2) };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        json["attn_logit_softcapping"] = config.AttentionCap;
        json["final_logit_softcapping"] = config.LogitCap;
        return json;
    }

    internal override DecoderConfig ReadGguf(DecoderConfig common, GgufSettings settings) => base.ReadGguf(common, settings) with
    {
        AttentionCap = settings.OptionalPositive("gemma2.attn_logit_softcapping") ?? 50,
        LogitCap = settings.OptionalPositive("gemma2.final_logit_softcapping") ?? 30,
        LayerKinds = Every(common.Layers, interval: 2),
        QueryScalar = common.Layers == LayersOf27B ? (double)common.HiddenSize / common.Heads : null,
    };

    internal override void DescribeGguf(GgufMetadata metadata, DecoderConfig config)
    {
        base.DescribeGguf(metadata, config);
        metadata.Add("gemma2.attn_logit_softcapping", config.AttentionCap!.Value);
        metadata.Add("gemma2.final_logit_softcapping", config.LogitCap!.Value);
    }

    internal override string? NotInLlamaCpp(DecoderConfig config) =>
        config.AttentionCap is null || config.LogitCap is null ? "no cap on scores or on logits, and there are both there"
        : OtherScaleOrKinds(config, interval: 2, config.Layers == LayersOf27B);
}
