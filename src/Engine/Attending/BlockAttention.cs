using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending;

/// <summary>
/// softmax(q k^T / sqrt(headDim) + mask) v, block by block: the softmax is corrected as each block comes, so no block waits for another.
/// </summary>
/// <remarks>Reads a cache in place. Milakov and Gimelshein 2018, arXiv:1805.02867 (online softmax); Dao et al. 2022, arXiv:2205.14135,
/// algorithm 1 (FlashAttention), here without its tiles of queries.</remarks>
public sealed class BlockAttention : IAttentionKernel
{
    /// <summary>The only instance: it has no state.</summary>
    public static BlockAttention Default { get; } = new();

    private BlockAttention()
    {
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pass's cache is not an <see cref="IBlockedCache"/>.</exception>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        var cache = pass.Cache as IBlockedCache ?? throw new InvalidOperationException(
            $"{pass.Cache.GetType().Name} has no blocks. Use PlainAttention with it.");
        using var scope = NewDisposeScope();
        cache.Write(layer, k, v);
        var name = $"layers.{layer}.self_attn.weights";
        var observed = pass.Trace?.Wants(name) == true ? new List<Tensor>() : null;
        var rows = Enumerable.Range(0, (int)q.shape[0]).Select(sequence =>
            Row(q[sequence], k.shape[1], cache.Blocks(layer, sequence, k.shape[2]), MaskOf(pass.Mask, sequence), pass.Scores, observed))
            .ToArray();
        if (observed is not null) pass.Trace!.Record(name, Stacked(observed));
        return stack(rows).MoveToOuterDisposeScope();
    }

    /// <param name="q">[heads, time, headDim]</param>
    /// <param name="kvHeads">Divides heads.</param>
    /// <param name="blocks">The sequence's keys and values.</param>
    /// <param name="mask">[time, past + time] or null.</param>
    /// <param name="scoring">The model's.</param>
    /// <param name="observed">Receives the weights, [heads, time, tokens]; null receives none.</param>
    /// <returns>[heads, time, headDim]</returns>
    private static Tensor Row(
        Tensor q, long kvHeads, IEnumerable<KeyValueBlock> blocks, Tensor? mask, AttentionScores scoring, List<Tensor>? observed)
    {
        using var scope = NewDisposeScope();
        var (heads, time, headDim) = (q.shape[0], q.shape[1], q.shape[2]);
        var grouped = scoring.Scaled(q).reshape(kvHeads, heads / kvHeads * time, headDim);
        var state = new OnlineSoftmax([kvHeads, grouped.shape[1]], headDim, q.device);
        var seen = new List<Tensor>();
        foreach (var block in blocks)
        {
            using var blockScope = NewDisposeScope();
            var products = scoring.Capped(grouped.Product(block.Keys.transpose(1, 2)).to(ScalarType.Float32));
            var logits = Masked(products, mask, block.Start, time);
            state.Add(logits, block.Values);
            if (observed is not null) seen.Add(logits.MoveToOuterDisposeScope());
        }
        observed?.Add(cat(seen, -1).softmax(-1).view(heads, time, -1).MoveToOuterDisposeScope());
        return state.Result.to(q.dtype).view(heads, time, headDim).MoveToOuterDisposeScope();
    }

    /// <returns>[batch, heads, time, longest], with zeros after the end of a shorter row</returns>
    private static Tensor Stacked(List<Tensor> rows)
    {
        var longest = rows.Max(row => row.shape[2]);
        return stack(rows.Select(row => nn.functional.pad(row, [0, longest - row.shape[2]])).ToArray());
    }

    /// <param name="mask">[1, time, all] or [batch or 1, 1, time, all]</param>
    /// <param name="sequence">The row.</param>
    /// <returns>[time, all]</returns>
    private static Tensor? MaskOf(Tensor? mask, int sequence) => mask is null ? null
        : mask.dim() == 3 ? mask[0]
        : mask[mask.shape[0] == 1 ? 0 : sequence, 0];

    /// <param name="logits">[kvHeads, group x time, tokens]</param>
    /// <param name="mask">[time, all] or null.</param>
    /// <param name="start">Position of the first token.</param>
    /// <param name="time">Queries of each head.</param>
    private static Tensor Masked(Tensor logits, Tensor? mask, int start, long time)
    {
        if (mask is null) return logits;
        var tokens = logits.shape[2];
        return (logits.view(logits.shape[0], -1, time, tokens) + mask.narrow(1, start, tokens)).view(logits.shape);
    }
}
