using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Makes the weights of channels that matter larger before they are rounded, and what feeds these channels smaller by as much:
/// the model stays the same, and rounding hurts it less.</summary>
/// <remarks>Lin et al. 2023, arXiv:2306.00978. The scale of a channel is its mean magnitude to a power from 0 to 1, the one that
/// changes outputs least. The scales go into what comes before: the norms, and the rows of up_proj for down_proj. The output projection
/// of attention is left, since query heads share value heads, and so is a projection that no norm stands before.</remarks>
public static class ActivationAwareScaling
{
    private const int Powers = 10;

    /// <summary>Scales the weights of a model.</summary>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <param name="weights">Every parameter by the decoder's name, in float32 on the CPU; not changed.</param>
    /// <param name="inputs">The inputs of each projection, by the name of its weight.</param>
    /// <param name="grid">The grid that the weights are to be rounded to.</param>
    /// <returns>Every parameter; those that were scaled are new, the others the same. The caller's scope owns them.</returns>
    public static IReadOnlyDictionary<string, Tensor> Apply(
        DecoderConfig config, IReadOnlyDictionary<string, Tensor> weights, IReadOnlyDictionary<string, InputStatistics> inputs,
        IntegerGrid grid)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(grid);
        var scaled = weights.ToDictionary(StringComparer.Ordinal);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var prefix = $"layers.{layer}.";
            string[] attention =
                [$"{prefix}self_attn.q_proj.weight", $"{prefix}self_attn.k_proj.weight", $"{prefix}self_attn.v_proj.weight"];
            string[] wide = config.Activation.IsGated() ? [$"{prefix}mlp.gate_proj.weight", $"{prefix}mlp.up_proj.weight"]
                : [$"{prefix}mlp.up_proj.weight"];
            var offset = config.Norm == NormKind.OffsetRmsNorm ? 1 : 0;
            if (config.NormPlacement != NormPlacement.After)
            {
                Scale(scaled, Best(scaled, inputs, attention, grid), attention, Norm(scaled, prefix + "input_layernorm"), offset);
                Scale(scaled, Best(scaled, inputs, wide, grid), wide, Norm(scaled, prefix + "post_attention_layernorm"), offset);
            }
            if (!config.Activation.IsGated()) continue;
            string[] down = [$"{prefix}mlp.down_proj.weight"];
            Scale(scaled, Best(scaled, inputs, down, grid), down, Norm(scaled, prefix + "mlp.up_proj"));
        }
        return scaled;
    }

    private static string[] Norm(Dictionary<string, Tensor> weights, string name) =>
        [.. new[] { name + ".weight", name + ".bias" }.Where(weights.ContainsKey)];

    /// <summary>The scales with which rounding changes the outputs of some projections least; all of them are given the same.</summary>
    /// <returns>[columns] float32</returns>
    private static Tensor Best(
        Dictionary<string, Tensor> weights, IReadOnlyDictionary<string, InputStatistics> inputs, string[] names, IntegerGrid grid)
    {
        using var scope = NewDisposeScope();
        var magnitude = inputs[names[0]].Magnitude().to(ScalarType.Float32).clamp_min(1e-6);
        var best = ones_like(magnitude);
        var least = double.PositiveInfinity;
        for (var power = 0; power <= Powers; power++)
        {
            using var trial = NewDisposeScope();
            var scales = magnitude.pow((float)power / Powers);
            scales /= (scales.max() * scales.min()).sqrt();
            var error = names.Sum(name => Error(weights[name], scales, inputs[name], grid));
            if (error >= least) continue;
            (least, best) = (error, scales.MoveToOuterDisposeScope());
        }
        return best.MoveToOuterDisposeScope();
    }

    private static double Error(Tensor weight, Tensor scales, InputStatistics inputs, IntegerGrid grid)
    {
        if (!grid.Fits(weight.shape[1])) return 0;
        using var scope = NewDisposeScope();
        using var rounded = grid.Round(weight * scales);
        return inputs.Error(weight - (rounded.Decode(0, rounded.Rows) / scales));
    }

    // A bias and a norm's gain are vectors; up_proj is [feedForward, hidden], and its rows are the channels.
    // What a norm multiplies with is its weight plus the offset.
    private static void Scale(
        Dictionary<string, Tensor> weights, Tensor scales, string[] larger, string[] smaller, double offset = 0)
    {
        foreach (var name in larger) weights[name] = weights[name] * scales;
        foreach (var name in smaller)
            weights[name] = ((weights[name] + offset) / (weights[name].dim() == 2 ? scales.unsqueeze(1) : scales)) - offset;
    }
}
