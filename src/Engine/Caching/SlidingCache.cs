using LlmRabbitHoles.Caching.Paging;

namespace LlmRabbitHoles.Caching;

/// <summary>Holds the first tokens of a sequence, on which attention leans, and a window of the last; frees the pages between.</summary>
/// <remarks>A text that fits gives exactly the tokens of no cache, and so does a model whose own window is no longer. In a longer text
/// a token sees the sinks and the window only, and its whole forward. Positions stay those of the text. Xiao et al. 2023,
/// arXiv:2309.17453 (StreamingLLM), which numbers the positions anew within the cache.</remarks>
public sealed class SlidingCache : IBlockedCache
{
    private readonly PagedCache _pages;
    private int[] _starts;

    /// <summary>An empty cache.</summary>
    /// <param name="shape">What each token needs.</param>
    /// <param name="capacity">Tokens that each sequence may have in all.</param>
    /// <param name="window">Tokens that a token sees behind the sinks, itself included.</param>
    /// <param name="sinks">First tokens that always stay. Default 4.</param>
    /// <param name="batch">Sequences side by side. Default 1.</param>
    /// <param name="pageSize">Tokens per page. Default 16.</param>
    public SlidingCache(CacheShape shape, int capacity, int window, int sinks = 4, int batch = 1, int pageSize = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        ArgumentOutOfRangeException.ThrowIfNegative(sinks);
        _pages = new PagedCache(shape, capacity, batch, pageSize);
        (Window, Sinks, _starts) = (window, sinks, new int[batch]);
    }

    /// <summary>Tokens that a token sees behind the sinks, itself included.</summary>
    public int Window { get; }

    /// <summary>First tokens that always stay.</summary>
    public int Sinks { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => _pages.Lengths;

    /// <inheritdoc/>
    public int Capacity => _pages.Capacity;

    /// <inheritdoc/>
    public long UsedBytes => _pages.UsedBytes;

    /// <inheritdoc/>
    public long ReservedBytes => _pages.ReservedBytes;

    /// <inheritdoc/>
    public void Write(int layer, Tensor keys, Tensor values) => _pages.Write(layer, keys, values);

    /// <inheritdoc/>
    public IEnumerable<KeyValueBlock> Blocks(int layer, int sequence, long time)
    {
        var end = Lengths[sequence] + (int)time;
        var start = _starts[sequence];
        var sinks = Math.Min(Sinks, start);
        return _pages.Blocks(layer, sequence, 0, sinks).Concat(_pages.Blocks(layer, sequence, start, end - start));
    }

    /// <inheritdoc/>
    public void Advance(IReadOnlyList<int> counts)
    {
        _pages.Advance(counts);
        for (var sequence = 0; sequence < _starts.Length; sequence++)
        {
            var start = Lengths[sequence] - Window + 1;
            if (start <= Sinks || start <= _starts[sequence]) continue;
            _starts[sequence] = start;
            _pages.Forget(sequence, Sinks, start);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The tokens before the new end are gone.</exception>
    public void Truncate(int sequence, int length)
    {
        if (length > Sinks && length < _starts[sequence])
        {
            throw new InvalidOperationException(
                $"Sequence {sequence} has forgotten its tokens from {Sinks} to {_starts[sequence] - 1}, so it cannot end at {length}. " +
                "Truncate it to 0 and read the text again.");
        }
        _pages.Truncate(sequence, length);
        if (length <= Sinks) _starts[sequence] = 0;
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> from)
    {
        _pages.Reorder(from);
        _starts = [.. from.Select(sequence => _starts[sequence])];
    }

    /// <inheritdoc/>
    public void Dispose() => _pages.Dispose();
}
