namespace LlmRabbitHoles.Attending.Sparse;

/// <summary>A token sees the last tokens only: cost grows with time x window, and what is further back is lost to the layer.</summary>
/// <param name="Window">How many tokens it sees, itself included.</param>
/// <remarks>Beltagy et al. 2020 (Longformer), arXiv:2004.05150, section 3.1: a stack of layers sees layers x window tokens back.</remarks>
public sealed record LocalPattern(int Window) : IAttentionPattern
{
    /// <inheritdoc cref="LocalPattern" path="/param[@name='Window']"/>
    public int Window { get; init; } = Window >= 1 ? Window : throw new ArgumentOutOfRangeException(
        nameof(Window), Window, "Window must be 1 or more: a token sees itself.");

    /// <inheritdoc/>
    public Tensor Allows(Tensor query, Tensor key) => key > query - Window;

    /// <inheritdoc/>
    public IEnumerable<long> Keys(long first, long last) => Positions.From(first - Window + 1, last);
}
