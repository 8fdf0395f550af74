using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending.Approximate;

/// <summary>
/// Keys and values are first projected along time to a fixed number of rows: softmax(q (E k)^T / sqrt(headDim)) E v. Cost grows with
/// time x rank. Not causal: each row of E k mixes tokens from a stretch of text, so it is for whole texts, and refuses a mask.
/// </summary>
/// <remarks>Wang et al. 2020 (Linformer), arXiv:2006.04768, eq. 7. The paper learns E; here nothing is trained, and E averages equal
/// stretches (pooling, its section 4). Exact with a rank of the text's length, where E is the identity; else the error is what keys differ
/// within a stretch, and a single token that matters is averaged away.</remarks>
public sealed class LowRankAttention : IAttentionKernel
{
    private readonly int _rank;

    /// <summary>Projects to so many rows.</summary>
    /// <param name="rank">Rows of keys and values that stay.</param>
    public LowRankAttention(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        _rank = rank;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pass has a mask or earlier tokens.</exception>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(q);
        WholeTexts.Require(pass, nameof(LowRankAttention));
        using var scope = NewDisposeScope();
        var (keys, values) = pass.WholeCache(nameof(LowRankAttention)).Append(layer, k, v);
        var projection = WholeTexts.Means(_rank, keys.shape[2], q.device).to(q.dtype);
        return PlainAttention.Default.Attend(q, projection.Product(keys), projection.Product(values), layer, new ForwardPass())
            .MoveToOuterDisposeScope();
    }
}
