namespace LlmRabbitHoles.Attending.Sparse;

/// <summary>A token sees the last tokens one by one and beyond them each that is a multiple of the stride back.</summary>
/// <param name="Stride">How many it sees one by one, itself included, and the distance of the others.</param>
/// <remarks>Child et al. 2019 (Sparse Transformer), arXiv:1904.10509, section 4.2: with a stride near the root of the length, cost grows
/// with length^1.5, and two layers reach every token. Queries side by side see different columns: a stretch of as many queries as the
/// stride is long sees all keys, so a kernel saves only with shorter stretches.</remarks>
public sealed record StridedPattern(int Stride) : IAttentionPattern
{
    /// <inheritdoc cref="StridedPattern" path="/param[@name='Stride']"/>
    public int Stride { get; init; } = Stride >= 1 ? Stride : throw new ArgumentOutOfRangeException(
        nameof(Stride), Stride, "Stride must be 1 or more. With 1 all tokens are seen.");

    /// <inheritdoc/>
    public Tensor Allows(Tensor query, Tensor key)
    {
        var distance = query - key;
        return (distance < Stride).logical_or(distance.remainder(Stride) == 0);
    }

    /// <inheritdoc/>
    public IEnumerable<long> Keys(long first, long last) => Positions.From(0, last).Where(
        key => key > first - Stride || ((last - key) / Stride * Stride) + key >= first);
}
