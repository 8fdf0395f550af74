namespace LlmRabbitHoles.Caching.Paging;

/// <summary>Hands out page numbers and counts who uses each page.</summary>
/// <remarks>A page that is known by the text before it stays readable after its last use, until a page is needed and none is free; then
/// the one that was used longest ago goes. Kwon et al. 2023, arXiv:2309.06180, section 4.</remarks>
internal sealed class PageAllocator(int pages)
{
    private int _count = pages;

    private readonly Stack<int> _free = new(Enumerable.Range(0, pages).Reverse());
    private readonly Dictionary<int, int> _uses = [];
    private readonly Dictionary<UInt128, int> _known = [];
    private readonly Dictionary<int, UInt128> _keys = [];
    private readonly LinkedList<int> _idle = new();    // known and unused, the one used longest ago first

    /// <summary>Pages in all.</summary>
    public int Count => _count;

    /// <summary>Pages that a new text can have: empty ones, and known ones that no sequence uses.</summary>
    public int Available => _free.Count + _idle.Count;

    /// <summary>Pages that sequences use.</summary>
    public int Used => _uses.Count;

    /// <summary>Known pages that were given away because none was free.</summary>
    public int Evictions { get; private set; }

    /// <summary>Adds pages until there are so many.</summary>
    public void Grow(int count)
    {
        for (; _count < count; _count++) _free.Push(_count);
    }

    /// <summary>A page for one user.</summary>
    /// <exception cref="CacheFullException">Every page is in use.</exception>
    public int Take()
    {
        if (!_free.TryPop(out var page)) page = Evict();
        _uses[page] = 1;
        return page;
    }

    /// <summary>Adds a user to a page.</summary>
    public void Share(int page)
    {
        if (_uses.TryGetValue(page, out var uses))
        {
            _uses[page] = uses + 1;
            return;
        }
        _idle.Remove(page);
        _uses[page] = 1;
    }

    /// <summary>Ends one use of a page.</summary>
    public void Release(int page)
    {
        if (--_uses[page] > 0) return;
        _uses.Remove(page);
        if (_keys.ContainsKey(page)) _idle.AddLast(page);
        else _free.Push(page);
    }

    /// <summary>Whether more than one sequence uses a page, or others may find it: then it must not be written.</summary>
    public bool IsShared(int page) => _uses[page] > 1 || _keys.ContainsKey(page);

    /// <summary>Makes a page known by the text that ends in it. The first page of a text stays the known one.</summary>
    public void Publish(int page, UInt128 key)
    {
        if (_keys.ContainsKey(page) || !_known.TryAdd(key, page)) return;
        _keys[page] = key;
    }

    /// <summary>The page of a text, or null.</summary>
    public int? Find(UInt128 key) => _known.TryGetValue(key, out var page) ? page : null;

    private int Evict()
    {
        if (_idle.First is not { } oldest)
        {
            throw new CacheFullException(
                $"All {Count} pages of the cache are in use. Create it with a larger capacity, or end a sequence first.");
        }
        _idle.Remove(oldest);
        _keys.Remove(oldest.Value, out var key);
        _known.Remove(key);
        Evictions++;
        return oldest.Value;
    }
}
