using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Which parameters a decoder has and what a checkpoint of its architecture calls them.</summary>
/// <remarks>
/// The decoder speaks Llama's names without their prefix; GPT-2's names and layouts are translated. The order is that of the forward pass.
/// </remarks>
internal static partial class WeightMap
{
    /// <summary>All parameters of a decoder, in the order of the forward pass.</summary>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <returns>The output head is missing when it is tied to the embedding table.</returns>
    public static IReadOnlyList<WeightSpec> For(DecoderConfig config) => [.. Each(config)];

    /// <summary>Number of parameters, tied ones counted once.</summary>
    /// <param name="config">The decoder's sizes and variants.</param>
    public static long ParameterCount(DecoderConfig config) => Each(config).Sum(spec => spec.Count);

    private static IEnumerable<WeightSpec> Each(DecoderConfig config)
    {
        var names = new WeightNames(config);
        yield return new("embed_tokens.weight", [names.Vocabulary, names.Hidden], names.Of("embed_tokens.weight"));
        if (config.Positions == PositionKind.Learned)
            yield return new("embed_positions.weight", [names.Context, names.Hidden], names.Of("embed_positions.weight"));
        for (var layer = 0; layer < config.Layers; layer++)
            foreach (var spec in Layer(config, names, layer))
                yield return spec;
        foreach (var spec in Norm(config, names, "norm"))
            yield return spec;
        if (!config.TiedEmbeddings)
            yield return new("lm_head.weight", [names.Vocabulary, names.Hidden], new("lm_head.weight", Prefixed: false));
    }

    private static IEnumerable<WeightSpec> Layer(DecoderConfig config, WeightNames names, int layer)
    {
        var prefix = $"layers.{layer}.";
        return
        [
            .. config.NormPlacement == NormPlacement.After ? [] : Norm(config, names, prefix + "input_layernorm"),
            .. Linear(names, prefix + "self_attn.q_proj", names.Queries, names.Hidden, config.AttentionBias),
            .. Linear(names, prefix + "self_attn.k_proj", names.KeysOrValues, names.Hidden, config.AttentionBias),
            .. Linear(names, prefix + "self_attn.v_proj", names.KeysOrValues, names.Hidden, config.AttentionBias),
            .. HeadNorms(config, names, prefix),
            .. Linear(names, prefix + "self_attn.o_proj", names.Hidden, names.Queries, config.OutputBias),
            .. config.NormPlacement == NormPlacement.Before ? [] : Norm(config, names, prefix + "self_attn_output_norm"),
            .. config.NormPlacement == NormPlacement.After ? [] : Norm(config, names, prefix + "post_attention_layernorm"),
            .. config.Activation.IsGated()
                ? Linear(names, prefix + "mlp.gate_proj", names.FeedForward, names.Hidden, config.FeedForwardBias)
                : [],
            .. Linear(names, prefix + "mlp.up_proj", names.FeedForward, names.Hidden, config.FeedForwardBias),
            .. Linear(names, prefix + "mlp.down_proj", names.Hidden, names.FeedForward, config.FeedForwardBias),
            .. config.NormPlacement == NormPlacement.Before ? [] : Norm(config, names, prefix + "mlp_output_norm"),
        ];
    }

    private static IEnumerable<WeightSpec> HeadNorms(DecoderConfig config, WeightNames names, string prefix)
    {
        if (config.QueryKeyNorm == QueryKeyNorm.None) return [];
        var (queries, keys) = config.QueryKeyNorm == QueryKeyNorm.AllHeads
            ? (names.Queries, names.KeysOrValues)
            : (names.HeadDim, names.HeadDim);
        return
        [
            new(prefix + "self_attn.q_norm.weight", [queries], names.Of(prefix + "self_attn.q_norm.weight")),
            new(prefix + "self_attn.k_norm.weight", [keys], names.Of(prefix + "self_attn.k_norm.weight")),
        ];
    }

    private static IEnumerable<WeightSpec> Norm(DecoderConfig config, WeightNames names, string name) => config.Norm == NormKind.LayerNorm
        ? [new(name + ".weight", [names.Hidden], names.Of(name + ".weight")), new(name + ".bias", [names.Hidden], names.Of(name + ".bias"))]
        : [new(name + ".weight", [names.Hidden], names.Of(name + ".weight"))];

    private static IEnumerable<WeightSpec> Linear(WeightNames names, string name, WeightAxis output, WeightAxis input, bool bias)
    {
        yield return new(name + ".weight", [output, input], names.Of(name + ".weight"));
        if (bias)
            yield return new(name + ".bias", [output], names.Of(name + ".bias"));
    }
}
