using System.Buffers;
using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Of all ways to cut a word into pieces takes the likeliest: the one whose scores, the logarithms of the pieces' probabilities, have the
/// highest sum. A character that is not a piece counts as unknown, at a score below that of every piece.
/// </summary>
/// <remarks>Kudo 2018, arXiv:1804.10959; the search is Viterbi's.</remarks>
internal sealed class UnigramModel : WordModel
{
    private const double UnknownPenalty = 10;       // as in SentencePiece
    private const int None = -1;

    [ThreadStatic]
    private static List<int>? _tokens;

    private readonly double[] _scores;
    private readonly double _unknownScore;
    private readonly int? _unknown;
    private readonly int[]? _byteIds;
    private readonly PieceTrie _trie;
    private readonly TokenizerPlace _place;
    private readonly WordCache _cache = new();

    /// <param name="vocabulary">The pieces.</param>
    /// <param name="scores">By id.</param>
    /// <param name="unknown">The token for characters that are not pieces; null refuses texts that have them.</param>
    /// <param name="byteFallback">Unknown ones become the tokens of their bytes, where the vocabulary has all of these.</param>
    /// <param name="place">Where the model stands.</param>
    public UnigramModel(Vocabulary vocabulary, double[] scores, int? unknown, bool byteFallback, TokenizerPlace place)
        : base(vocabulary)
    {
        (_scores, _unknown, _place) = (scores, unknown, place);
        _unknownScore = scores.Min() - UnknownPenalty;
        _byteIds = byteFallback ? JoinBytes.IdsIn(vocabulary) : null;
        _trie = new PieceTrie(vocabulary.Ids);
    }

    /// <summary>The score of each id.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Encode(ReadOnlySpan<char> word)
    {
        if (word.Length > WordCache.LongestWord) return Search(word, null).ToArray();
        var hash = WordCache.HashOf(word);
        var found = _cache.Find(word, hash);
        if (found is null) _cache.Keep(word, hash, found = Search(word, null).ToArray());
        return found;
    }

    /// <inheritdoc/>
    public override int[] LengthsOf(ReadOnlySpan<char> word, ReadOnlySpan<int> tokens)
    {
        var lengths = new List<int>();
        Search(word, lengths);
        lengths.Reverse();
        return [.. lengths];
    }

    // The best way to each place, from left to right; then back from the end.
    private List<int> Search(ReadOnlySpan<char> word, List<int>? lengths)
    {
        var rented = ArrayPool<Step>.Shared.Rent(word.Length + 1);
        var best = rented.AsSpan(0, word.Length + 1);
        best.Fill(new Step(None, None, 0));
        for (var start = 0; start < word.Length;)
        {
            var width = char.IsHighSurrogate(word[start]) ? 2 : 1;
            var hasCharacter = false;
            var node = PieceTrie.Root;
            for (var end = start; end < word.Length && _trie.TryStep(ref node, word[end++]);)
            {
                if (_trie.IdAt(node) is not { } id) continue;
                Offer(best, start, end, id, _scores[id]);
                hasCharacter |= end - start == width;
            }

            if (!hasCharacter) Offer(best, start, start + width, _unknown ?? throw NoUnknown(word.Slice(start, width)), _unknownScore);
            start += width;
        }

        var tokens = TokensOf(word, best, lengths);
        ArrayPool<Step>.Shared.Return(rented);
        return tokens;
    }

    private static void Offer(Span<Step> best, int start, int end, int id, double score)
    {
        var sum = score + best[start].Sum;
        if (best[end].Start == None || sum > best[end].Sum) best[end] = new Step(start, id, sum);
    }

    // Neighbouring unknown characters are one token; read from the end, so that tokens and lengths are turned round at last.
    private List<int> TokensOf(ReadOnlySpan<char> word, ReadOnlySpan<Step> best, List<int>? lengths)
    {
        var tokens = _tokens ??= [];
        tokens.Clear();
        for (var end = word.Length; end > 0;)
        {
            var (start, id, _) = best[end];
            if (id == _unknown)
            {
                while (start > 0 && best[start].Id == _unknown) start = best[start].Start;
                AddUnknown(word[start..end], tokens, lengths);
            }
            else
            {
                tokens.Add(id);
                lengths?.Add(Encoding.UTF8.GetByteCount(word[start..end]));
            }

            end = start;
        }

        tokens.Reverse();
        return tokens;
    }

    private void AddUnknown(ReadOnlySpan<char> text, List<int> tokens, List<int>? lengths)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (Vocabulary.IdOfText(text) is null && _byteIds is not null)
        {
            var bytes = new byte[length];
            Encoding.UTF8.GetBytes(text, bytes);
            if (Array.TrueForAll(bytes, value => _byteIds[value] != None))
            {
                for (var i = length - 1; i >= 0; i--) tokens.Add(_byteIds[bytes[i]]);
                lengths?.AddRange(Enumerable.Repeat(1, length));
                return;
            }
        }

        tokens.Add(Vocabulary.IdOfText(text) ?? _unknown!.Value);
        lengths?.Add(length);
    }

    private TokenizerException NoUnknown(ReadOnlySpan<char> character) => _place.Error(
        $"has no piece for '{character}', and no unk_id that stands for such characters. Name an unknown token.");

    /// <summary>The last piece of the best way to a place: where it starts, its id, and the sum of the scores up to its end.</summary>
    private readonly record struct Step(int Start, int Id, double Sum);
}
