using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending;

/// <summary>
/// softmax(q k^T / sqrt(headDim) + mask) v in tiles of queries and keys: exact, and at no time is there a matrix of [time, time].
/// </summary>
/// <remarks>Dao et al. 2022, arXiv:2205.14135, algorithm 1 (FlashAttention), in its plain form; its softmax: <see cref="OnlineSoftmax"/>.
/// Beside its result it needs room for one tile of logits, one of weights and the running sums: about
/// batch x heads x queryTile x (3 keyTile + 4 headDim) numbers, whatever the length. (The mask of [time, past + time] is the pass's,
/// one for all heads and layers.) A tile that the mask hides whole is skipped, which is nearly half of them in a causal text.</remarks>
public sealed class TiledAttention : IAttentionKernel
{
    private readonly int _queryTile;
    private readonly int _keyTile;

    /// <summary>Sets the size of a tile.</summary>
    /// <param name="queryTile">Queries of a tile. Default 64.</param>
    /// <param name="keyTile">Keys of a tile. Default 64.</param>
    public TiledAttention(int queryTile = 64, int keyTile = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queryTile);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keyTile);
        (_queryTile, _keyTile) = (queryTile, keyTile);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pass's cache is not an <see cref="IWholeCache"/>.</exception>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(q);
        using var scope = NewDisposeScope();
        var (keys, values) = pass.WholeCache(nameof(TiledAttention)).Append(layer, k, v);
        var result = empty_like(q);
        var mask = pass.Mask?.dim() == 3 ? pass.Mask.unsqueeze(0) : pass.Mask;
        var open = Open(mask);
        for (long start = 0, row = 0; start < q.shape[2]; start += _queryTile, row++)
        {
            using var tileScope = NewDisposeScope();
            var count = Math.Min(_queryTile, q.shape[2] - start);
            var tile = Attend(
                q.narrow(2, start, count), keys, values, mask?.narrow(2, start, count), pass.Scores,
                column => open?[row, column] ?? true);
            result.narrow(2, start, count).copy_(tile);
        }
        return result.MoveToOuterDisposeScope();
    }

    /// <param name="q">[batch, heads, queries, headDim]: one tile.</param>
    /// <param name="keys">[batch, kvHeads, tokens, headDim]</param>
    /// <param name="values">[batch, kvHeads, tokens, headDim]</param>
    /// <param name="mask">[batch or 1, 1, queries, tokens] or null.</param>
    /// <param name="scoring">How products become scores.</param>
    /// <param name="isOpen">Whether a query of this tile may see a key of that tile.</param>
    /// <returns>[batch, heads, queries, headDim]</returns>
    private Tensor Attend(Tensor q, Tensor keys, Tensor values, Tensor? mask, AttentionScores scoring, Func<long, bool> isOpen)
    {
        var (batch, heads, queries, headDim) = (q.shape[0], q.shape[1], q.shape[2], q.shape[3]);
        var (kvHeads, context) = (keys.shape[1], keys.shape[2]);
        // Query heads that share a key head lie end to end, as in PlainAttention.
        var scaled = scoring.Scaled(q).reshape(batch, kvHeads, -1, headDim);
        var softmax = new OnlineSoftmax([batch, kvHeads, scaled.shape[2]], headDim, q.device);
        for (long start = 0, column = 0; start < context; start += _keyTile, column++)
        {
            if (!isOpen(column)) continue;
            using var tileScope = NewDisposeScope();
            var count = Math.Min(_keyTile, context - start);
            var logits = scoring.Capped(scaled.Product(keys.narrow(2, start, count).transpose(2, 3)).to(ScalarType.Float32));
            if (mask is not null)
                logits = (logits.view(batch, kvHeads, -1, queries, count) + mask.narrow(3, start, count).unsqueeze(2)).view(logits.shape);
            softmax.Add(logits, values.narrow(2, start, count));
        }
        return softmax.Result.to(q.dtype).view(batch, heads, queries, headDim);
    }

    /// <summary>Which pairs of tiles the mask leaves open, read at once: a GPU is waited for once a layer.</summary>
    /// <param name="mask">[batch or 1, 1, time, tokens] or null.</param>
    /// <returns>[tiles of queries, tiles of keys]; null: all.</returns>
    private bool[,]? Open(Tensor? mask)
    {
        if (mask is null) return null;
        using var scope = NewDisposeScope();
        var highest = nn.functional.max_pool2d(mask, [_queryTile, _keyTile], [_queryTile, _keyTile], ceil_mode: true).amax([0, 1]);
        var cells = highest.to(ScalarType.Float32).cpu().data<float>().ToArray();
        var open = new bool[highest.shape[0], highest.shape[1]];
        for (var i = 0; i < cells.Length; i++) open[i / open.GetLength(1), i % open.GetLength(1)] = cells[i] > float.NegativeInfinity;
        return open;
    }
}
