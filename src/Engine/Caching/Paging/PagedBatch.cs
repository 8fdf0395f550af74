namespace LlmRabbitHoles.Caching.Paging;

/// <summary>Some sequences of a paged cache as the cache of one pass: a batch is chosen anew for every step and copies no page.</summary>
/// <remarks>The pages stay the paged cache's; disposing the batch frees nothing. Yu et al. 2022 (Orca), section 3.2.</remarks>
public sealed class PagedBatch : ISlotCache
{
    private readonly PagedCache _cache;
    private readonly IIndexedPages _storage;
    private IReadOnlyList<int> _sequences;

    /// <summary>A batch of these sequences.</summary>
    /// <param name="cache">Stays the caller's.</param>
    /// <param name="sequences">[batch]: rows of the cache, each at most once.</param>
    /// <exception cref="ArgumentException">The cache's pages cannot be read slot by slot: they are quantized or offloaded.</exception>
    public PagedBatch(PagedCache cache, IReadOnlyList<int> sequences)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(sequences);
        _storage = cache.Storage as IIndexedPages ?? throw new ArgumentException(
            "The pages of this cache are quantized or offloaded and cannot be read slot by slot. Use a plain PagedCache.", nameof(cache));
        (_cache, _sequences) = (cache, sequences);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => [.. _sequences.Select(sequence => _cache.Lengths[sequence])];

    /// <inheritdoc/>
    public int Capacity => _cache.Capacity;

    /// <inheritdoc/>
    public long UsedBytes => _storage.BytesPerSlot * Lengths.Sum(length => (long)length);

    /// <inheritdoc/>
    /// <remarks>Those of the whole pool.</remarks>
    public long ReservedBytes => _cache.ReservedBytes;

    /// <inheritdoc/>
    public void MakeRoom(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        foreach (var (sequence, count) in _sequences.Zip(counts))
        {
            var needed = _cache.Lengths[sequence] + count;
            if (needed > Capacity) throw IKeyValueCache.Full(Capacity, needed);
            if (count > 0) _cache.MakeRoom(sequence, count);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<long> Slots(int sequence, int start, int count)
    {
        var table = _cache.Tables[_sequences[sequence]];
        for (var at = start; at < start + count; at++)
            yield return ((long)table[at / _cache.PageSize] * _cache.PageSize) + (at % _cache.PageSize);
    }

    /// <inheritdoc/>
    public void Write(int layer, Tensor slots, Tensor keys, Tensor values) => _storage.Write(layer, slots, keys, values);

    /// <inheritdoc/>
    public (Tensor Keys, Tensor Values) Gather(int layer, Tensor slots) => _storage.Gather(layer, slots);

    /// <inheritdoc/>
    public void Advance(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        foreach (var (sequence, count) in _sequences.Zip(counts)) _cache.Advance(sequence, count);
    }

    /// <inheritdoc/>
    public void Truncate(int sequence, int length) => _cache.Truncate(_sequences[sequence], length);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">One is named twice: two rows of a batch cannot be one sequence of the cache.</exception>
    public void Reorder(IReadOnlyList<int> from)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (from.Distinct().Count() < from.Count)
            throw new NotSupportedException("A batch cannot name a sequence twice. Fork it in the cache, and name the copy.");
        _sequences = [.. from.Select(sequence => _sequences[sequence])];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
