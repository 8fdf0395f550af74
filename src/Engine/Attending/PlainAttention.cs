using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending;

/// <summary>
/// Computes softmax(q k^T / sqrt(headDim) + mask) v step by step, over a cache that returns its keys and values as one tensor each.
/// </summary>
/// <remarks>Vaswani et al. 2017, eq. 1. Query heads that share a key head: Ainslie et al. 2023, arXiv:2305.13245.</remarks>
public sealed class PlainAttention : IAttentionKernel
{
    /// <summary>Computes the weights in float32 for every dtype, as checkpoints expect.</summary>
    public static PlainAttention Default { get; } = new(weights: ScalarType.Float32);

    /// <summary>
    /// Computes the weights in the dtype of the logits: in bfloat16 training, float32 weights cost a third of the time in memory traffic.
    /// </summary>
    public static PlainAttention Narrow { get; } = new(weights: null);

    private readonly ScalarType? _weights;

    private PlainAttention(ScalarType? weights) => _weights = weights;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pass's cache is not an <see cref="IWholeCache"/>.</exception>
    /// <remarks>The query heads that share a key head are laid end to end along time, so that keys and
    /// values are never copied.</remarks>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        var cache = pass.Cache as IWholeCache ?? throw new InvalidOperationException(
            $"{pass.Cache.GetType().Name} holds its keys in blocks. Use BlockAttention with it.");
        using var scope = NewDisposeScope();
        var (keys, values) = cache.Append(layer, k, v);
        var (batch, heads, time, headDim) = (q.shape[0], q.shape[1], q.shape[2], q.shape[3]);
        var (kvHeads, context) = (keys.shape[1], keys.shape[2]);
        var group = heads / kvHeads;
        var scaled = pass.Scores.Scaled(q).reshape(batch, kvHeads, group * time, headDim);
        var scores = pass.Scores.Capped(scaled.Product(keys.transpose(2, 3))).view(batch, kvHeads, group, time, context);
        if (pass.Mask is { } mask) scores = scores + mask.unsqueeze(-3);
        var weights = pass.Observed(
            layer, "self_attn.weights", scores.softmax(-1, _weights ?? scores.dtype).view(batch, heads, time, context));
        var mixed = weights.to(q.dtype).view(batch, kvHeads, group * time, context).Product(values);
        return mixed.view(batch, heads, time, headDim).MoveToOuterDisposeScope();
    }
}
