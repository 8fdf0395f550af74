using System.Buffers;
using System.Diagnostics;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Merges the tokens of one word: the lowest rank first, of equal ranks the leftmost, until no merge applies.</summary>
/// <remarks>Sennrich et al. 2016, arXiv:1508.07909, algorithm 1.</remarks>
internal static class WordMerger
{
    // Above this length scanning for the lowest rank costs more than keeping a heap of them.
    private const int ScanLimit = 96;

    /// <summary>Merges in place.</summary>
    /// <param name="tokens">The word's tokens; on return its first items are the merged ones.</param>
    /// <param name="table">The merges.</param>
    /// <param name="onMerge">Told of each merge and the tokens after it; for showing.</param>
    /// <returns>How many tokens are left.</returns>
    public static int Merge(Span<int> tokens, MergeTable table, Action<int, int[]>? onMerge = null) =>
        tokens.Length <= ScanLimit || onMerge is not null ? MergeByScanning(tokens, table, onMerge) : MergeByHeap(tokens, table);

    /// <summary>The plain way: look at every pair, merge the best, again. Quadratic in the word's length.</summary>
    internal static int MergeByScanning(Span<int> tokens, MergeTable table, Action<int, int[]>? onMerge = null)
    {
        var count = tokens.Length;
        Span<int> ranks = count <= ScanLimit ? stackalloc int[ScanLimit] : new int[count];
        for (var i = 0; i + 1 < count; i++) ranks[i] = table.RankOf(tokens[i], tokens[i + 1]);
        while (count > 1)
        {
            var at = IndexOfLowest(ranks[..(count - 1)]);
            var rank = ranks[at];
            if (rank == MergeTable.NoRank) break;
            tokens[at] = table.ResultOf(tokens[at], tokens[at + 1]);
            tokens[(at + 2)..count].CopyTo(tokens[(at + 1)..]);
            ranks[(at + 1)..(count - 1)].CopyTo(ranks[at..]);
            count--;
            if (at > 0) ranks[at - 1] = table.RankOf(tokens[at - 1], tokens[at]);
            if (at + 1 < count) ranks[at] = table.RankOf(tokens[at], tokens[at + 1]);
            onMerge?.Invoke(rank, tokens[..count].ToArray());
        }

        return count;
    }

    /// <summary>The same result in n log n: pairs wait in a heap by rank and place; tokens form a linked list.</summary>
    internal static int MergeByHeap(Span<int> tokens, MergeTable table)
    {
        var count = tokens.Length;
        var links = ArrayPool<int>.Shared.Rent(2 * count);
        var next = links.AsSpan(0, count);
        var previous = links.AsSpan(count, count);
        var waiting = new MergeHeap(3 * count);     // a merge offers two new pairs
        for (var i = 0; i < count; i++) (previous[i], next[i]) = (i - 1, i + 1);
        for (var i = 0; i + 1 < count; i++) Offer(ref waiting, table, tokens, i, i + 1);

        while (waiting.TryTake(out var rank, out var at))
        {
            var right = next[at];
            // A pair that has changed since it was offered is stale: it was offered again as what it became.
            if (tokens[at] < 0 || right >= count || table.RankOf(tokens[at], tokens[right]) != rank) continue;
            tokens[at] = table.ResultOf(tokens[at], tokens[right]);
            tokens[right] = -1;
            next[at] = next[right];
            if (next[at] < count) previous[next[at]] = at;
            if (previous[at] >= 0) Offer(ref waiting, table, tokens, previous[at], at);
            if (next[at] < count) Offer(ref waiting, table, tokens, at, next[at]);
        }

        waiting.Dispose();
        ArrayPool<int>.Shared.Return(links);
        return Gather(tokens);
    }

    private static void Offer(ref MergeHeap waiting, MergeTable table, Span<int> tokens, int left, int right)
    {
        var rank = table.RankOf(tokens[left], tokens[right]);
        if (rank != MergeTable.NoRank) waiting.Add(rank, left);
    }

    private static int Gather(Span<int> tokens)
    {
        var kept = 0;
        foreach (var token in tokens)
        {
            if (token >= 0) tokens[kept++] = token;
        }

        Debug.Assert(kept > 0, "A word never merges to nothing.");
        return kept;
    }

    private static int IndexOfLowest(ReadOnlySpan<int> ranks)
    {
        var at = 0;
        for (var i = 1; i < ranks.Length; i++)
        {
            if (ranks[i] < ranks[at]) at = i;
        }

        return at;
    }
}
