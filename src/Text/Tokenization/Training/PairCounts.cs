using System.Runtime.InteropServices;
using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// The words of a corpus as tokens, and how often each pair of tokens stands together. A merge touches only the words
/// that hold its pair, so counting anew after each is not needed.
/// </summary>
internal sealed class PairCounts
{
    private readonly List<Word> _words = [];
    private readonly Dictionary<(int Left, int Right), Places> _pairs = [];
    private readonly PriorityQueue<(int Left, int Right), Order> _best = new(Comparer<Order>.Create(Order.Compare));
    private readonly List<(int, int)> _grown = [];

    /// <param name="counts">Words and how often each stands in the corpus.</param>
    /// <param name="idOfByte">The token of each byte.</param>
    public PairCounts(IReadOnlyDictionary<string, long> counts, IReadOnlyList<int> idOfByte)
    {
        foreach (var (text, count) in counts)
        {
            var tokens = Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => idOfByte[value]);
            if (tokens.Length < 2) continue;
            _words.Add(new Word(tokens, count));
            for (var i = 0; i + 1 < tokens.Length; i++) Grow((tokens[i], tokens[i + 1]), count, _words.Count - 1);
        }

        OfferGrown();
    }

    /// <summary>
    /// Takes out the most frequent pair; among equals the one with the lowest ids. Null when none is left.
    /// </summary>
    public ((int Left, int Right) Pair, long Count)? TakeBest()
    {
        while (_best.TryDequeue(out var pair, out var order))
        {
            if (!_pairs.TryGetValue(pair, out var places) || order.Count < places.Count) continue; // merged, or offered again since
            if (order.Count == places.Count) return (pair, places.Count);
            if (places.Count > 0) _best.Enqueue(pair, new Order(places.Count, pair));
        }

        return null;
    }

    /// <summary>Forgets a pair.</summary>
    public void Drop((int Left, int Right) pair) => _pairs.Remove(pair);

    /// <summary>Joins a pair wherever it stands.</summary>
    public void Merge((int Left, int Right) pair, int result)
    {
        foreach (var index in _pairs[pair].Words) MergeIn(index, pair, result);
        Drop(pair);
        OfferGrown();
    }

    private void MergeIn(int index, (int Left, int Right) pair, int result)
    {
        var word = _words[index];
        var (tokens, kept) = (word.Tokens, 0);
        for (var i = 0; i < word.Length; i++)
        {
            if (tokens[i] != pair.Left || i + 1 == word.Length || tokens[i + 1] != pair.Right)
            {
                tokens[kept++] = tokens[i];
                continue;
            }

            if (kept > 0) Replace((tokens[kept - 1], pair.Left), (tokens[kept - 1], result), word.Count, index);
            if (i + 2 < word.Length) Replace((pair.Right, tokens[i + 2]), (result, tokens[i + 2]), word.Count, index);
            tokens[kept++] = result;
            i++;
        }

        _words[index] = word with { Length = kept };
    }

    private void Replace((int, int) old, (int, int) made, long count, int word)
    {
        if (_pairs.TryGetValue(old, out var places)) places.Count -= count;
        Grow(made, count, word);
    }

    private void Grow((int, int) pair, long count, int word)
    {
        ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, pair, out _);
        places ??= new Places();
        places.Count += count;
        if (places.Words.Count == 0 || places.Words[^1] != word) places.Words.Add(word);
        if (places.Grown) return;
        places.Grown = true;
        _grown.Add(pair);
    }

    private void OfferGrown()
    {
        foreach (var pair in _grown)
        {
            if (!_pairs.TryGetValue(pair, out var places)) continue;
            places.Grown = false;
            if (places.Count > 0) _best.Enqueue(pair, new Order(places.Count, pair));
        }

        _grown.Clear();
    }

    private sealed record Word(int[] Tokens, long Count)
    {
        public int Length { get; init; } = Tokens.Length;
    }

    private sealed class Places
    {
        public long Count { get; set; }

        public bool Grown { get; set; }

        public List<int> Words { get; } = [];
    }

    private readonly record struct Order(long Count, (int Left, int Right) Pair)
    {
        public static int Compare(Order x, Order y) => x.Count != y.Count ? y.Count.CompareTo(x.Count) : x.Pair.CompareTo(y.Pair);
    }
}
