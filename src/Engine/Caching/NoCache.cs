namespace LlmRabbitHoles.Caching;

/// <summary>Keeps nothing: every forward reads its whole text. What all other caches must agree with.</summary>
public sealed class NoCache : IKeyValueCache
{
    /// <summary>It has no state, so one is enough.</summary>
    public static readonly NoCache Instance = new();

    private NoCache()
    {
    }

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public int Capacity => int.MaxValue;

    /// <inheritdoc/>
    public long Bytes => 0;

    /// <inheritdoc/>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values) => (keys, values);

    /// <inheritdoc/>
    public void Advance(int time)
    {
    }

    /// <inheritdoc/>
    public void Truncate(int length)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
