namespace LlmRabbitHoles.Caching;

/// <summary>Keeps nothing: every forward reads its whole text. All other caches must agree with it.</summary>
public sealed class NoCache : IWholeCache
{
    /// <summary>The only instance: it has no state.</summary>
    public static readonly NoCache Instance = new();

    private NoCache()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => [];

    /// <inheritdoc/>
    public int Capacity => int.MaxValue;

    /// <inheritdoc/>
    public long UsedBytes => 0;

    /// <inheritdoc/>
    public long ReservedBytes => 0;

    /// <inheritdoc/>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values) => (keys, values);

    /// <inheritdoc/>
    public void Advance(IReadOnlyList<int> counts)
    {
    }

    /// <inheritdoc/>
    public void Truncate(int sequence, int length)
    {
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> from)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
