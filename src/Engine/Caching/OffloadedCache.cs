using LlmRabbitHoles.Caching.Paging;

namespace LlmRabbitHoles.Caching;

/// <summary>Holds a few pages on the device and the others in host memory and in a temporary file; gives exactly the tokens of no
/// cache.</summary>
public sealed class OffloadedCache : IBlockedCache
{
    private readonly OffloadedPages _storage;
    private readonly PagedCache _pages;

    /// <summary>An empty cache.</summary>
    /// <param name="shape">What each token needs.</param>
    /// <param name="capacity">Tokens that fit of each sequence.</param>
    /// <param name="batch">Sequences side by side. Default 1.</param>
    /// <param name="pageSize">Tokens per page. Default 64.</param>
    /// <param name="onDevice">Share of the pages that stay on the device. Default a quarter.</param>
    /// <param name="inHost">Share of the pages that stay in host memory. Default a quarter.</param>
    public OffloadedCache(
        CacheShape shape, int capacity, int batch = 1, int pageSize = 64, double onDevice = 0.25, double inHost = 0.25)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        var pages = (long)batch * ((capacity + pageSize - 1) / pageSize) * shape.Layers;
        _storage = new OffloadedPages(shape, pageSize, (int)Math.Ceiling(pages * onDevice), (int)Math.Ceiling(pages * inHost));
        _pages = new PagedCache(_storage, capacity, batch, pageSize);
    }

    /// <summary>What was moved so far, and how long attention waited for it.</summary>
    public OffloadReport Report => _storage.Report;

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
    public IEnumerable<KeyValueBlock> Blocks(int layer, int sequence, long time) => _pages.Blocks(layer, sequence, time);

    /// <inheritdoc/>
    public void Advance(IReadOnlyList<int> counts) => _pages.Advance(counts);

    /// <inheritdoc/>
    public void Truncate(int sequence, int length) => _pages.Truncate(sequence, length);

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> from) => _pages.Reorder(from);

    /// <inheritdoc/>
    public void Dispose() => _pages.Dispose();
}
