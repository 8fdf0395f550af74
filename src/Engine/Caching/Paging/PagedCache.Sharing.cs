using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LlmRabbitHoles.Caching.Paging;

/// <content>Pages that several sequences use.</content>
public sealed partial class PagedCache
{
    /// <summary>Takes over what earlier texts left of the beginning of a text; the sequence must be empty.</summary>
    /// <param name="sequence">Its row.</param>
    /// <param name="tokens">The text. Its last token is never taken over, since a forward needs one to read.</param>
    /// <returns>Tokens that the sequence now holds, whole pages only.</returns>
    public int Adopt(int sequence, IReadOnlyList<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (_lengths[sequence] > 0)
            throw new InvalidOperationException($"Sequence {sequence} holds {_lengths[sequence]} tokens. Truncate it to 0 first.");
        foreach (var key in PageKeys(tokens, tokens.Count - 1))
        {
            if (_pages.Find(key) is not { } page) break;
            _pages.Share(page);
            _tables[sequence].Add(page);
            _lengths[sequence] += PageSize;
        }
        return _lengths[sequence];
    }

    /// <summary>Lets later texts find the whole pages of a sequence.</summary>
    /// <param name="sequence">Its row.</param>
    /// <param name="tokens">All tokens that it holds.</param>
    public void Publish(int sequence, IReadOnlyList<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        foreach (var (index, key) in PageKeys(tokens, Math.Min(tokens.Count, _lengths[sequence])).Index())
            _pages.Publish(_tables[sequence][index], key);
    }

    /// <summary>Lets one sequence continue what another holds; neither copies a page before it writes to it.</summary>
    /// <param name="from">The row to share.</param>
    /// <param name="to">An empty row.</param>
    public void Fork(int from, int to)
    {
        if (_lengths[to] > 0) throw new InvalidOperationException($"Sequence {to} holds {_lengths[to]} tokens. Truncate it to 0 first.");
        foreach (var page in _tables[from]) _pages.Share(page);
        _tables[to].AddRange(_tables[from]);
        _lengths[to] = _lengths[from];
    }

    /// <inheritdoc/>
    /// <remarks>Copies tables, not pages. More sequences get more pages, unless the number of the pool's pages was given.</remarks>
    public void Reorder(IReadOnlyList<int> from)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentOutOfRangeException.ThrowIfZero(from.Count, nameof(from));
        if (!_poolIsGiven) _pages.Grow(from.Count * PagesFor(Capacity));
        List<int>[] tables = [.. from.Select(sequence => _tables[sequence].ToList())];
        foreach (var page in tables.SelectMany(table => table).Where(page => page >= 0)) _pages.Share(page);
        foreach (var page in _tables.SelectMany(table => table).Where(page => page >= 0)) _pages.Release(page);
        (_tables, _lengths) = (tables, [.. from.Select(sequence => _lengths[sequence])]);
    }

    /// <summary>A key for each whole page of the first tokens, made of all tokens up to the page's end.</summary>
    private IEnumerable<UInt128> PageKeys(IReadOnlyList<int> tokens, int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var start = 0; start + PageSize <= count; start += PageSize)
        {
            int[] page = [.. tokens.Skip(start).Take(PageSize)];
            hash.AppendData(MemoryMarshal.AsBytes<int>(page));
            yield return MemoryMarshal.Read<UInt128>(hash.GetCurrentHash());
        }
    }
}
