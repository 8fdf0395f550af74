using LlmRabbitHoles.Caching;

namespace LlmRabbitHoles.Attending;

/// <summary>
/// softmax(q k^T / sqrt(headDim) + mask) v for many sequences in one set of operations: it gathers the keys of a layer by their slots, the
/// page tables filled up to one length.
/// </summary>
/// <remarks>The fast form of <see cref="BlockAttention"/> for batches: eight operations a layer, however many sequences decode. It pays for
/// that with a copy of their keys and values, one layer at a time. Kwon et al. 2023, arXiv:2309.06180, section 4.3, whose kernel reads the
/// pages in place.</remarks>
public sealed class SlotAttention : IAttentionKernel
{
    /// <summary>The only instance: it has no state.</summary>
    public static SlotAttention Default { get; } = new();

    private SlotAttention()
    {
    }

    /// <inheritdoc/>
    /// <param name="q">[1, heads, tokens, headDim]</param>
    /// <param name="k">[1, kvHeads, tokens, headDim]</param>
    /// <param name="v">[1, kvHeads, tokens, headDim]</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="pass">Its cache has slots.</param>
    /// <returns>[1, heads, tokens, headDim]</returns>
    /// <exception cref="InvalidOperationException">The pass's cache is not an <see cref="ISlotCache"/>.</exception>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        var cache = pass.Cache as ISlotCache ?? throw new InvalidOperationException(
            $"{pass.Cache.GetType().Name} has no slots. Use PlainAttention or BlockAttention with it.");
        using var scope = NewDisposeScope();
        cache.Write(layer, pass.Packed!.Slots, k[0], v[0]);
        var scaled = pass.Scores.Scaled(q[0]);
        var groups = pass.Packed.Groups.Select(group =>
        {
            var (keys, values) = cache.Gather(layer, group.Slots);
            return Attend(scaled.narrow(1, group.Start, group.Size * group.Time), keys, values, group, pass.Scores);
        }).ToArray();
        return (groups is [var only] ? only : cat(groups, 1)).unsqueeze(0).MoveToOuterDisposeScope();
    }

    /// <param name="q">[heads, size x time, headDim], scaled</param>
    /// <param name="keys">[kvHeads, size x longest, headDim]</param>
    /// <param name="values">[kvHeads, size x longest, headDim]</param>
    /// <param name="group">The sequences.</param>
    /// <param name="scoring">The model's.</param>
    /// <returns>[heads, size x time, headDim]</returns>
    private static Tensor Attend(Tensor q, Tensor keys, Tensor values, RowGroup group, AttentionScores scoring)
    {
        var (heads, headDim, kvHeads, size, time) = (q.shape[0], q.shape[2], keys.shape[0], (long)group.Size, (long)group.Time);
        var (shared, longest) = (heads / kvHeads, keys.shape[1] / size);
        // Query heads that share a key head stand side by side behind their sequence: [kvHeads x size, shared x time, headDim].
        var grouped = q.view(kvHeads, shared, size, time, headDim).transpose(1, 2).reshape(kvHeads * size, shared * time, headDim);
        var products = grouped.bmm(keys.view(kvHeads * size, longest, headDim).transpose(1, 2));
        var scores = scoring.Capped(products).view(kvHeads, size, shared, time, longest);
        if (group.Mask is { } mask) scores = scores + mask;
        var weights = scores.softmax(-1, ScalarType.Float32).to(q.dtype).view(kvHeads * size, shared * time, longest);
        var mixed = weights.bmm(values.view(kvHeads * size, longest, headDim));
        return mixed.view(kvHeads, size, shared, time, headDim).transpose(1, 2).reshape(heads, size * time, headDim);
    }
}
