namespace LlmRabbitHoles.Caching.Paging;

/// <summary>
/// Holds sequences in pages of a common pool, as an operating system holds memory: a table per sequence says which page comes where.
/// </summary>
/// <remarks>Pages that begin alike are stored once: <see cref="Adopt"/> finds them, <see cref="Fork"/> shares them, and a shared page is
/// copied before it is written. Kwon et al. 2023, arXiv:2309.06180.</remarks>
public sealed partial class PagedCache : IBlockedCache
{
    private readonly IPageStorage _storage;
    private readonly PageAllocator _pages;
    private readonly bool _poolIsGiven;
    private List<int>[] _tables;
    private int[] _lengths;

    /// <summary>An empty cache with pages in the model's dtype.</summary>
    /// <param name="shape">What each token needs.</param>
    /// <param name="capacity">Tokens that fit of each sequence.</param>
    /// <param name="batch">Sequences side by side. Default 1.</param>
    /// <param name="pageSize">Tokens per page. Default 16.</param>
    /// <param name="pages">Pages of the pool; default: enough for every sequence at its full length.</param>
    public PagedCache(CacheShape shape, int capacity, int batch = 1, int pageSize = 16, int? pages = null)
        : this(new PlainPages(shape), capacity, batch, pageSize, pages)
    {
    }

    internal PagedCache(IPageStorage storage, int capacity, int batch, int pageSize, int? pages = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        (_storage, Capacity, PageSize) = (storage, capacity, pageSize);
        _poolIsGiven = pages is not null;
        _pages = new PageAllocator(pages ?? batch * PagesFor(capacity));
        _tables = [.. Enumerable.Range(0, batch).Select(_ => new List<int>())];
        _lengths = new int[batch];
    }

    /// <summary>Tokens per page.</summary>
    public int PageSize { get; }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <inheritdoc/>
    public int Length => _lengths.Max();

    /// <summary>The pages of each sequence, [batch][pages].</summary>
    public IReadOnlyList<IReadOnlyList<int>> Tables => _tables;

    /// <summary>Pages of the pool.</summary>
    public int PageCount => _pages.Count;

    /// <summary>Pages that sequences use; a shared page counts once.</summary>
    public int UsedPages => _pages.Used;

    /// <summary>Pages that a new text can have.</summary>
    public int AvailablePages => _pages.Available;

    /// <summary>Pages of earlier texts that were given away because no other page was free.</summary>
    public int Evictions => _pages.Evictions;

    /// <summary>Slots of used pages in which no token stands, as a share of all their slots; 0 for an empty cache.</summary>
    /// <remarks>On average half a page per sequence. Reserving every sequence's full length wastes most of the memory instead.</remarks>
    public double Waste => UsedPages == 0 ? 0 : 1 - ((double)FilledSlots / ((long)UsedPages * PageSize));

    /// <inheritdoc/>
    public long UsedBytes => _storage.BytesPerSlot * FilledSlots;

    /// <inheritdoc/>
    public long ReservedBytes => _storage.ReservedBytes;

    /// <inheritdoc/>
    public void Write(int layer, Tensor keys, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        var time = (int)keys.shape[2];
        if (Length + time > Capacity) throw IKeyValueCache.Full(Capacity, Length + time);
        using var scope = NewDisposeScope();
        for (var sequence = 0; sequence < _lengths.Length; sequence++)
        {
            MakeRoom(sequence, time);
            var (key, value) = (keys[sequence], values[sequence]);
            foreach (var run in Runs(sequence, _lengths[sequence], time))
            {
                var at = run.Start - _lengths[sequence];
                _storage.Write(layer, run.Slot, key.narrow(1, at, run.Count), value.narrow(1, at, run.Count));
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValueBlock> Blocks(int layer, int sequence, long time) =>
        Blocks(layer, sequence, 0, _lengths[sequence] + (int)time);

    /// <inheritdoc/>
    public void Advance(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        for (var sequence = 0; sequence < _lengths.Length; sequence++) Advance(sequence, counts[sequence]);
    }

    /// <summary>Counts this many of the tokens just written to a sequence as held.</summary>
    internal void Advance(int sequence, int count)
    {
        _lengths[sequence] += count;
        Shrink(sequence);
    }

    /// <inheritdoc/>
    public void Truncate(int sequence, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _lengths[sequence]);
        _lengths[sequence] = length;
        Shrink(sequence);
    }

    /// <inheritdoc/>
    public void Dispose() => _storage.Dispose();

    /// <summary>The blocks of some positions of a sequence.</summary>
    internal IEnumerable<KeyValueBlock> Blocks(int layer, int sequence, int start, int count)
    {
        foreach (var run in Runs(sequence, start, count))
        {
            var (keys, values) = _storage.Read(layer, run.Slot, run.Count);
            yield return new KeyValueBlock(run.Start, keys, values);
        }
    }

    /// <summary>Frees the pages of which a sequence no longer needs a token.</summary>
    /// <param name="sequence">Its row.</param>
    /// <param name="start">The first position that is no longer needed.</param>
    /// <param name="end">The position after the last.</param>
    internal void Forget(int sequence, int start, int end)
    {
        for (var index = PagesFor(start); index < end / PageSize; index++)
        {
            if (_tables[sequence][index] < 0) continue;
            _pages.Release(_tables[sequence][index]);
            _tables[sequence][index] = -1;
        }
    }

    /// <summary>Where the pages lie.</summary>
    internal IPageStorage Storage => _storage;

    /// <summary>Slots in which a token stands; those of shared pages count once.</summary>
    private long FilledSlots => _tables.SelectMany(Filled).GroupBy(page => page.Page).Sum(page => (long)page.Max(one => one.Tokens));

    /// <summary>Pages that so many tokens take.</summary>
    internal int PagesFor(int tokens) => (tokens + PageSize - 1) / PageSize;

    /// <summary>Gives a sequence pages of its own for the next tokens.</summary>
    internal void MakeRoom(int sequence, int time)
    {
        var (table, length) = (_tables[sequence], _lengths[sequence]);
        for (var index = length / PageSize; index < table.Count; index++)
            if (_pages.IsShared(table[index]))
                table[index] = CopyOf(table[index]);
        while (table.Count < PagesFor(length + time)) table.Add(Take());
    }

    private int CopyOf(int page)
    {
        var copy = Take();
        _storage.Copy((long)page * PageSize, (long)copy * PageSize, PageSize);
        _pages.Release(page);
        return copy;
    }

    private int Take()
    {
        var page = _pages.Take();
        var needed = (long)(page + 1) * PageSize;
        var reserved = _storage.ReservedBytes / _storage.BytesPerSlot;
        if (needed > reserved) _storage.Reserve(Math.Min((long)_pages.Count * PageSize, Math.Max(needed, 2 * reserved)));
        return page;
    }

    private void Shrink(int sequence)
    {
        var (table, kept) = (_tables[sequence], PagesFor(_lengths[sequence]));
        foreach (var page in table.Skip(kept).Where(page => page >= 0)) _pages.Release(page);
        table.RemoveRange(kept, table.Count - kept);
    }

    /// <summary>Positions of a sequence as runs of neighbouring slots: pages that lie side by side are one run.</summary>
    private IEnumerable<(int Start, long Slot, int Count)> Runs(int sequence, int start, int count)
    {
        var table = _tables[sequence];
        for (int at = start, end = start + count; at < end;)
        {
            var slot = ((long)table[at / PageSize] * PageSize) + (at % PageSize);
            var next = Math.Min(end, ((at / PageSize) + 1) * PageSize);
            while (next < end && table[next / PageSize] == table[(next / PageSize) - 1] + 1) next = Math.Min(end, next + PageSize);
            next = (int)Math.Min(next, (long)at + _storage.BlockSlots - (slot % _storage.BlockSlots));
            yield return (at, slot, next - at);
            at = next;
        }
    }

    private IEnumerable<(int Page, int Tokens)> Filled(List<int> table, int sequence) =>
        table.Select((page, index) => (page, Math.Min(PageSize, _lengths[sequence] - (index * PageSize)))).Where(page => page.page >= 0);
}
