namespace LlmRabbitHoles.Attending.Sparse;

/// <summary>A token sees the keys with the highest scores, and itself. All scores are computed, softmax and values need only these.
/// </summary>
/// <param name="Count">How many keys; more where scores are equal.</param>
/// <remarks>Gupta et al. 2021, arXiv:2106.06899.</remarks>
public sealed record TopKPattern(int Count) : IAttentionPattern
{
    /// <inheritdoc cref="TopKPattern" path="/param[@name='Count']"/>
    public int Count { get; init; } = Count >= 1 ? Count : throw new ArgumentOutOfRangeException(
        nameof(Count), Count, "Count must be 1 or more.");

    /// <inheritdoc/>
    public Tensor Allows(Tensor query, Tensor key) => ones_like(query + key, ScalarType.Bool);

    /// <inheritdoc/>
    public Tensor Choose(Tensor scores, Tensor own)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(own);
        var (highest, _) = scores.topk((int)Math.Min(Count, scores.shape[^1]), dim: -1);
        var lowest = highest.narrow(-1, highest.shape[^1] - 1, 1);
        return scores.masked_fill((scores < lowest).logical_and(own.logical_not()), float.NegativeInfinity);
    }
}
