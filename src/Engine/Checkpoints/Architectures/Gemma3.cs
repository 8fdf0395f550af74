using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>The text model of Gemma 3: norms on queries and keys, five layers with a window and faster rotations to each without.</summary>
/// <remarks>arXiv:2503.19786. From 4B on, checkpoints hold a vision tower too, under the name gemma3: there only the text model is read.
/// </remarks>
internal sealed class Gemma3 : GemmaLike
{
    private const int LayersOf27B = 62;

    /// <inheritdoc/>
    public override string Name => "gemma3_text";

    /// <inheritdoc/>
    public override string ClassName => "Gemma3ForCausalLM";

    /// <inheritdoc/>
    public override string GgufName => "gemma3";

    internal override string NameWithImages => "gemma3";

    // Beside a vision tower the text model was saved in two ways.
    internal override IReadOnlyList<string> Prefixes => [.. base.Prefixes, "language_model.model.", "model.language_model."];

    internal override IReadOnlyList<string> ImagePrefixes { get; } =
        ["vision_tower.", "multi_modal_projector.", "model.vision_tower.", "model.multi_modal_projector."];

    // Google's own configs leave out sizes that are those of transformers: 4B names neither vocabulary nor heads.
    internal override DecoderConfig ReadWithImages(JsonSection textConfig) => Read(
        textConfig.Or(("vocab_size", 262_208), ("num_attention_heads", 8), ("num_key_value_heads", 4)));

    internal override DecoderConfig Read(JsonSection json)
    {
        var config = ReadGemma(json, context: 131_072, theta: 1_000_000) with
        {
            QueryKeyNorm = QueryKeyNorm.EachHead,
            LocalRopeTheta = RopeKeys.LocalTheta(json),
            AttentionCap = json.OptionalPositive("attn_logit_softcapping"),
            LogitCap = json.OptionalPositive("final_logit_softcapping"),
        };
        var interval = json.OptionalSize("sliding_window_pattern", "_sliding_window_pattern") ?? 6;
        return config with { LayerKinds = Kinds(json, config.Layers, interval) };
    }

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        json["rope_local_base_freq"] = config.LocalRopeTheta;
        json["attn_logit_softcapping"] = config.AttentionCap;
        json["final_logit_softcapping"] = config.LogitCap;
        return json;
    }

    internal override DecoderConfig ReadGguf(DecoderConfig common, GgufSettings settings) => base.ReadGguf(common, settings) with
    {
        LogitCap = settings.OptionalPositive("gemma3.final_logit_softcapping"),
        LocalRopeTheta = settings.OptionalPositive("gemma3.rope.freq_base_swa") ?? 10_000,
        LayerKinds = Every(common.Layers, interval: 6),
        QueryScalar = common.Layers == LayersOf27B ? (double)common.HiddenSize / common.Heads : null,
    };

    internal override string? NotInLlamaCpp(DecoderConfig config) =>
        config.AttentionCap is not null || config.LogitCap is not null ? "caps on scores or logits, and there it has none"
        : config.LocalRopeTheta != 10_000 ? $"rotations in windowed layers of base {config.LocalRopeTheta}, and there of 10000"
        : OtherScaleOrKinds(config, interval: 6, config.Layers == LayersOf27B);
}
