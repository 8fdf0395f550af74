using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending.Approximate;

/// <summary>
/// Attention by features: weights f(q) f(k) in place of exp(q k / sqrt(headDim)), causal by sums over the tokens before. It takes
/// time x features x headDim operations and keeps one matrix of [features, headDim], whatever the length.
/// </summary>
/// <remarks>Katharopoulos et al. 2020, arXiv:2006.16236, section 3.3. The text is read in chunks: exact within one, the running sum for
/// what is before it; <see cref="Parallel"/> and <see cref="LinearRecurrence"/> are the plain forms. A causal text only: the mask of a
/// pass is not read, nor is a window. A model that was trained with softmax attention loses much by this, the more the sharper its
/// weights are; the paper trains with it.</remarks>
public sealed class LinearAttention : IAttentionKernel
{
    private const double LeastTotal = 1e-30;    // where all weights are too small for float32

    private readonly IFeatureMap _features;
    private readonly int _chunk;

    /// <summary>Attends by features.</summary>
    /// <param name="features">Stays the caller's.</param>
    /// <param name="chunk">Tokens of a chunk. Default 64.</param>
    public LinearAttention(IFeatureMap features, int chunk = 64)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunk);
        (_features, _chunk) = (features, chunk);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pass's cache is not an <see cref="Caching.IWholeCache"/>, or its sequences have
    /// different lengths.</exception>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(q);
        WholeTexts.RequirePlainScores(pass, nameof(LinearAttention));
        using var scope = NewDisposeScope();
        var cache = pass.WholeCache(nameof(LinearAttention));
        long held = cache.Length;
        if (cache.Lengths.Any(length => length != held))
            throw new InvalidOperationException("LinearAttention reads sequences of one length. Read them one by one.");
        var (keys, values) = cache.Append(layer, k, v);
        var grouped = Grouped(q, keys.shape[1]);
        var (asked, known) = (_features.OfQueries(grouped), _features.OfKeys(keys.to(ScalarType.Float32)));
        var valued = WithOnes(values);
        var sum = known.narrow(2, 0, held).transpose(2, 3).Product(valued.narrow(2, 0, held));
        var parts = new List<Tensor>();
        for (var start = 0L; start < q.shape[2]; start += _chunk)
        {
            var count = Math.Min(_chunk, q.shape[2] - start);
            var (own, ownValues) = (known.narrow(2, held + start, count), valued.narrow(2, held + start, count));
            var queries = asked.narrow(3, start, count);
            parts.Add(Causal(queries, own, ownValues) + Flat(queries).Product(sum).view([.. queries.shape[..4], -1]));
            sum = sum + own.transpose(2, 3).Product(ownValues);
        }
        return Divided(cat(parts, 3)).view(q.shape).to(q.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The plain form, with all weights in one matrix of [time, time].</summary>
    /// <param name="q">[batch, heads, time, headDim]</param>
    /// <param name="k">[batch, kvHeads, time, headDim]</param>
    /// <param name="v">[batch, kvHeads, time, headDim]</param>
    /// <param name="features">The feature map.</param>
    /// <returns>[batch, heads, time, headDim]</returns>
    public static Tensor Parallel(Tensor q, Tensor k, Tensor v, IFeatureMap features)
    {
        ArgumentNullException.ThrowIfNull(q);
        ArgumentNullException.ThrowIfNull(k);
        ArgumentNullException.ThrowIfNull(features);
        using var scope = NewDisposeScope();
        var known = features.OfKeys(k.to(ScalarType.Float32));
        return Divided(Causal(features.OfQueries(Grouped(q, k.shape[1])), known, WithOnes(v)))
            .view(q.shape).to(q.dtype).MoveToOuterDisposeScope();
    }

    /// <param name="queries">[batch, kvHeads, group, time, features]</param>
    /// <param name="keys">[batch, kvHeads, time, features]: of the same tokens.</param>
    /// <param name="values">[batch, kvHeads, time, headDim + 1]</param>
    /// <returns>[batch, kvHeads, group, time, headDim + 1]: sums over each token and those before it.</returns>
    private static Tensor Causal(Tensor queries, Tensor keys, Tensor values)
    {
        long[] shape = [.. queries.shape[..4], keys.shape[2]];
        var weights = Flat(queries).Product(keys.transpose(2, 3)).view(shape).tril();
        return Flat(weights).Product(values).view([.. shape[..4], -1]);
    }

    /// <returns>[batch, kvHeads, group x time, ...]</returns>
    private static Tensor Flat(Tensor grouped) =>
        grouped.reshape(grouped.shape[0], grouped.shape[1], grouped.shape[2] * grouped.shape[3], grouped.shape[4]);

    /// <returns>[batch, kvHeads, group, time, headDim] float32</returns>
    private static Tensor Grouped(Tensor q, long kvHeads) =>
        q.to(ScalarType.Float32).reshape(q.shape[0], kvHeads, -1, q.shape[2], q.shape[3]);

    /// <summary>Adds a column of ones, whose weighted sum is the sum of the weights.</summary>
    internal static Tensor WithOnes(Tensor values) => cat(
        [values.to(ScalarType.Float32), ones([.. values.shape[..^1], 1], ScalarType.Float32, values.device)], -1);

    /// <param name="sums">[..., headDim + 1]</param>
    /// <returns>[..., headDim]: weighted means.</returns>
    internal static Tensor Divided(Tensor sums)
    {
        var headDim = sums.shape[^1] - 1;
        return sums.narrow(-1, 0, headDim) / sums.narrow(-1, headDim, 1).clamp_min(LeastTotal);
    }
}
