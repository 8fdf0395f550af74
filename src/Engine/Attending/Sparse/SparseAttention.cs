using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending.Sparse;

/// <summary>
/// Attends where a pattern allows it. The queries come in tiles; each gathers the keys that one of its queries may see, and computes no
/// other score. The plain form is <see cref="PlainAttention"/> with <see cref="Mask"/> in the pass.
/// </summary>
/// <remarks>Causal with and without a mask in the pass: no token sees a later one. Keys that only some queries of a tile may see are
/// computed for all of them: <see cref="Cost"/> counts both.</remarks>
public sealed class SparseAttention : IAttentionKernel
{
    private readonly IAttentionPattern _pattern;
    private readonly int _tile;

    /// <summary>Attends by a pattern.</summary>
    /// <param name="pattern">Which tokens a token sees.</param>
    /// <param name="tile">Queries that share what they gather. Default 64.</param>
    public SparseAttention(IAttentionPattern pattern, int tile = 64)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tile);
        (_pattern, _tile) = (pattern, tile);
    }

    /// <summary>The pattern as a mask for a pass, for patterns that do not choose by score.</summary>
    /// <param name="pattern">Which tokens a token sees.</param>
    /// <param name="time">Tokens of the text.</param>
    /// <param name="device">Of the model; default the CPU.</param>
    /// <returns>[1, 1, time, time] float32: 0 where a token may look and minus infinity where not.</returns>
    public static Tensor Mask(IAttentionPattern pattern, long time, Device? device = null)
    {
        using var scope = NewDisposeScope();
        var (query, key) = (arange(time, device: device).view(1, -1, 1), arange(time, device: device));
        return Closed(pattern, query, key).to(ScalarType.Float32).masked_fill(Closed(pattern, query, key), float.NegativeInfinity)
            .unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Counts the scores of one head over a text.</summary>
    /// <param name="time">Tokens of the text.</param>
    public SparseCost Cost(long time)
    {
        using var scope = NewDisposeScope();
        var (seen, computed) = (0L, 0L);
        for (var start = 0L; start < time; start += _tile)
        {
            var count = Math.Min(_tile, time - start);
            var (query, key) = (arange(start, start + count).view(1, -1, 1), tensor(_pattern.Keys(start, start + count - 1).ToArray()));
            var closed = Closed(_pattern, query, key);
            seen += closed.numel() - closed.sum().item<long>();
            computed += closed.numel();
        }
        return new SparseCost(seen, computed, time * (time + 1) / 2, time * time);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pass's cache is not an <see cref="Caching.IWholeCache"/>.</exception>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(q);
        using var scope = NewDisposeScope();
        var cache = pass.WholeCache(nameof(SparseAttention));
        long[] past = cache.Lengths is { Count: > 0 } lengths ? [.. lengths.Select(length => (long)length).Distinct()] : [0];
        var first = past.Length == 1 ? tensor(past) : tensor(cache.Lengths.Select(length => (long)length).ToArray());
        var (keys, values) = cache.Append(layer, k, v);
        var mask = pass.Mask?.dim() == 3 ? pass.Mask.unsqueeze(0) : pass.Mask;
        var result = empty_like(q);
        for (var start = 0L; start < q.shape[2]; start += _tile)
        {
            using var tileScope = NewDisposeScope();
            var count = Math.Min(_tile, q.shape[2] - start);
            var seen = tensor(_pattern.Keys(past.Min() + start, past.Max() + start + count - 1).ToArray(), device: q.device);
            var query = (first.view(-1, 1) + arange(start, start + count)).unsqueeze(-1).to(q.device);
            var tile = Attend(q.narrow(2, start, count), keys.index_select(2, seen), values.index_select(2, seen),
                mask?.narrow(2, start, count).index_select(3, seen), query, seen, pass.Scores);
            result.narrow(2, start, count).copy_(tile);
        }
        return result.MoveToOuterDisposeScope();
    }

    /// <param name="q">[batch, heads, queries, headDim]: one tile.</param>
    /// <param name="keys">[batch, kvHeads, seen, headDim]</param>
    /// <param name="values">[batch, kvHeads, seen, headDim]</param>
    /// <param name="mask">[batch or 1, 1, queries, seen] or null.</param>
    /// <param name="query">[batch or 1, queries, 1] int64: positions.</param>
    /// <param name="key">[seen] int64: positions.</param>
    /// <param name="scoring">How products become scores.</param>
    /// <returns>[batch, heads, queries, headDim]</returns>
    private Tensor Attend(
        Tensor q, Tensor keys, Tensor values, Tensor? mask, Tensor query, Tensor key, AttentionScores scoring)
    {
        var (batch, heads, time, headDim) = (q.shape[0], q.shape[1], q.shape[2], q.shape[3]);
        var (kvHeads, seen) = (keys.shape[1], keys.shape[2]);
        // Query heads that share a key head lie end to end, as in PlainAttention.
        var scaled = scoring.Scaled(q).reshape(batch, kvHeads, -1, headDim);
        var scores = scoring.Capped(scaled.Product(keys.transpose(2, 3))).view(batch, kvHeads, -1, time, seen);
        if (mask is not null) scores = scores + mask.unsqueeze(2);
        scores = scores.masked_fill(Closed(_pattern, query, key).unsqueeze(1).unsqueeze(1), float.NegativeInfinity);
        scores = _pattern.Choose(scores, (key == query).unsqueeze(1).unsqueeze(1));
        var weights = scores.softmax(-1, ScalarType.Float32).to(q.dtype).view(batch, kvHeads, -1, seen);
        return weights.Product(values).view(batch, heads, time, headDim);
    }

    /// <returns>[batch or 1, queries, keys] bool: what the query may not see.</returns>
    private static Tensor Closed(IAttentionPattern pattern, Tensor query, Tensor key) =>
        (key > query).logical_or(pattern.Allows(query, key).logical_not());
}

/// <summary>How many scores of one head a pattern needs over a text.</summary>
/// <param name="Seen">Pairs of tokens that the pattern allows.</param>
/// <param name="Computed">Scores that the kernel computes for them.</param>
/// <param name="Causal">Pairs of a token with itself and those before it.</param>
/// <param name="Full">Scores that full attention computes: time x time.</param>
public sealed record SparseCost(long Seen, long Computed, long Causal, long Full);
