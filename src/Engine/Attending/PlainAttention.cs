using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending;

/// <summary>
/// softmax(q k^T / sqrt(headDim) + mask) v, as the formula says it, over a cache that gives its keys and values in one piece.
/// </summary>
/// <remarks>Vaswani et al. 2017, eq. 1. Query heads that share a key head: Ainslie et al. 2023, arXiv:2305.13245.</remarks>
public sealed class PlainAttention : IAttentionKernel
{
    /// <summary>With weights in float32 whatever the dtype of the scores, as checkpoints expect it.</summary>
    public static PlainAttention Default { get; } = new(weights: ScalarType.Float32);

    /// <summary>
    /// With weights in the dtype of the scores: training in bfloat16 spends a third of its time on the memory traffic of wider ones.
    /// </summary>
    public static PlainAttention Narrow { get; } = new(weights: null);

    private readonly ScalarType? _weights;

    private PlainAttention(ScalarType? weights) => _weights = weights;

    /// <inheritdoc/>
    /// <remarks>The query heads of one key head are laid behind each other in time, so that keys and
    /// values are never copied for them.</remarks>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        using var scope = NewDisposeScope();
        var (keys, values) = pass.Cache.Append(layer, k, v);
        var (batch, heads, time, headDim) = (q.shape[0], q.shape[1], q.shape[2], q.shape[3]);
        var (kvHeads, context) = (keys.shape[1], keys.shape[2]);
        var group = heads / kvHeads;
        var scaled = (q * (1 / Math.Sqrt(headDim))).reshape(batch, kvHeads, group * time, headDim);
        var scores = scaled.Product(keys.transpose(2, 3)).view(batch, kvHeads, group, time, context);
        if (pass.Mask is { } mask) scores = scores + mask.unsqueeze(-3);
        var weights = scores.softmax(-1, _weights ?? scores.dtype);
        pass.Trace?.Record($"layers.{layer}.self_attn.weights", weights.view(batch, heads, time, context));
        var mixed = weights.to(q.dtype).view(batch, kvHeads, group * time, context).Product(values);
        return mixed.view(batch, heads, time, headDim).MoveToOuterDisposeScope();
    }
}
