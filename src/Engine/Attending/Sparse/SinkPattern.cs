namespace LlmRabbitHoles.Attending.Sparse;

/// <summary>A token sees the first tokens of its text (sinks) and the last ones (window).</summary>
/// <param name="Sinks">First tokens that all see.</param>
/// <param name="Window">How many of the last tokens it sees, itself included.</param>
/// <remarks>Xiao et al. 2023 (StreamingLLM), arXiv:2309.17453: heads with nothing to look for lay their weight on the first tokens, so
/// that a window without them breaks the model. There, positions count within the cache; here they stay those of the text.</remarks>
public sealed record SinkPattern(int Sinks, int Window) : IAttentionPattern
{
    /// <inheritdoc cref="SinkPattern" path="/param[@name='Sinks']"/>
    public int Sinks { get; init; } = Sinks >= 0 ? Sinks : throw new ArgumentOutOfRangeException(
        nameof(Sinks), Sinks, "Sinks must be 0 or more.");

    /// <inheritdoc cref="SinkPattern" path="/param[@name='Window']"/>
    public int Window { get; init; } = Window >= 1 ? Window : throw new ArgumentOutOfRangeException(
        nameof(Window), Window, "Window must be 1 or more: a token sees itself.");

    /// <inheritdoc/>
    public Tensor Allows(Tensor query, Tensor key) => (key < Sinks).logical_or(key > query - Window);

    /// <inheritdoc/>
    public IEnumerable<long> Keys(long first, long last)
    {
        var sinks = Math.Min(Sinks, last + 1);
        return [.. Positions.From(0, sinks - 1), .. Positions.From(Math.Max(sinks, first - Window + 1), last)];
    }
}
