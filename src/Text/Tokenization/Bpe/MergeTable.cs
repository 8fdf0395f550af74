using System.Numerics;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Finds the rank of a pair of tokens: an open-addressing hash table, half full at most.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that no merge joins: behind every real one.</summary>
    public const int NoRank = int.MaxValue;

    private readonly Merge[] _merges;
    private readonly Slot[] _slots;
    private readonly int _shift;

    /// <param name="merges">
    /// By rank; several may share one. Where a pair is listed twice the later one counts, as in Hugging Face's library.
    /// </param>
    public MergeTable(Merge[] merges)
    {
        _merges = merges;
        var bits = Math.Max(4, BitOperations.Log2((uint)merges.Length + 1) + 2);
        _shift = 64 - bits;
        _slots = new Slot[1 << bits];
        Array.Fill(_slots, new Slot(ulong.MaxValue, NoRank, 0));
        foreach (var merge in merges) Insert(Key(merge.Left, merge.Right), merge);
    }

    /// <summary>Every merge, by rank.</summary>
    public IReadOnlyList<Merge> Merges => _merges;

    /// <summary>The rank of the merge that joins the two, or <see cref="NoRank"/>.</summary>
    public int RankOf(int left, int right) => Find(left, right).Rank;

    /// <summary>The token that the two make; only where a merge joins them.</summary>
    public int ResultOf(int left, int right) => Find(left, right).Result;

    private Slot Find(int left, int right)
    {
        var key = Key(left, right);
        var slots = _slots;
        for (var i = Home(key); ; i = (i + 1) & (slots.Length - 1))
        {
            var slot = slots[i];
            if (slot.Key == key || slot.Rank == NoRank) return slot;
        }
    }

    private void Insert(ulong key, Merge merge)
    {
        var i = Home(key);
        while (_slots[i].Rank != NoRank && _slots[i].Key != key) i = (i + 1) & (_slots.Length - 1);
        _slots[i] = new Slot(key, merge.Rank, merge.Result);
    }

    // Fibonacci hashing: the high bits of the product depend on every bit of the key.
    private int Home(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private readonly record struct Slot(ulong Key, int Rank, int Result);
}
