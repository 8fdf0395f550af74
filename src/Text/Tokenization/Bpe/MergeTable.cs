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

    /// <param name="merges">By rank. Where a pair is listed twice the later rank counts, as in Hugging Face's library.</param>
    public MergeTable(Merge[] merges)
    {
        _merges = merges;
        var bits = Math.Max(4, BitOperations.Log2((uint)merges.Length + 1) + 2);
        _shift = 64 - bits;
        _slots = new Slot[1 << bits];
        Array.Fill(_slots, new Slot(ulong.MaxValue, NoRank));
        foreach (var merge in merges) Insert(Key(merge.Left, merge.Right), merge.Rank);
    }

    /// <summary>Every merge, by rank.</summary>
    public IReadOnlyList<Merge> Merges => _merges;

    /// <summary>The token that a merge makes.</summary>
    public int ResultOf(int rank) => _merges[rank].Result;

    /// <summary>The rank of the merge that joins the two, or <see cref="NoRank"/>.</summary>
    public int RankOf(int left, int right)
    {
        var key = Key(left, right);
        var slots = _slots;
        for (var i = Home(key); ; i = (i + 1) & (slots.Length - 1))
        {
            var slot = slots[i];
            if (slot.Key == key) return slot.Rank;
            if (slot.Rank == NoRank) return NoRank;
        }
    }

    private void Insert(ulong key, int rank)
    {
        var i = Home(key);
        while (_slots[i].Rank != NoRank && _slots[i].Key != key) i = (i + 1) & (_slots.Length - 1);
        _slots[i] = new Slot(key, rank);
    }

    // Fibonacci hashing: the high bits of the product depend on every bit of the key.
    private int Home(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private readonly record struct Slot(ulong Key, int Rank);
}
