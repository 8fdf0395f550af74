using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Remembers the tokens of words that were met before. A word has one slot; a newcomer pushes the older word into the slot beside it.
/// Safe from many threads without a lock, because an entry never changes once it is in its slot.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longer words are rare and not worth their memory.</summary>
    public const int LongestWord = 48;

    private const int Bits = 16;
    private readonly Entry?[] _slots = new Entry?[1 << Bits];

    /// <summary>The slot and check value of a word.</summary>
    public static ulong HashOf(ReadOnlySpan<char> word)
    {
        // Four characters at a time; the last step overlaps, and the length tells equal overlaps apart.
        const ulong Factor = 0x9E3779B97F4A7C15UL;
        var hash = (ulong)word.Length;
        if (word.Length >= 4)
        {
            var end = word.Length - 4;
            for (var i = 0; i < end; i += 4) hash = Mix(hash, FourFrom(word, i));
            return Mix(hash, FourFrom(word, end)) * Factor;
        }

        foreach (var c in word) hash = (hash << 16) ^ c;
        return Mix(hash, Factor) * Factor;
    }

    /// <summary>The word's tokens, or null where it isn't held.</summary>
    public int[]? Find(ReadOnlySpan<char> word, ulong hash)
    {
        var home = SlotOf(hash);
        return TokensIn(home, word, hash) ?? TokensIn(home ^ 1, word, hash);
    }

    /// <summary>Holds a word's tokens from now on.</summary>
    public void Keep(ReadOnlySpan<char> word, ulong hash, int[] tokens)
    {
        var home = SlotOf(hash);
        if (_slots[home] is { } older) _slots[home ^ 1] = older;
        _slots[home] = new Entry(word.ToString(), hash, tokens);
    }

    private static int SlotOf(ulong hash) => (int)(hash >> (64 - Bits));

    private int[]? TokensIn(int slot, ReadOnlySpan<char> word, ulong hash)
    {
        var entry = _slots[slot];
        return entry is not null && entry.Hash == hash && word.SequenceEqual(entry.Word) ? entry.Tokens : null;
    }

    private static ulong FourFrom(ReadOnlySpan<char> word, int start) =>
        MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(word.Slice(start, 4)));

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0xD6E8FEB86659FD93UL;
        return hash ^ (hash >> 32);
    }

    private sealed record Entry(string Word, ulong Hash, int[] Tokens);
}
