using System.Buffers;
using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Turns one word into tokens: its bytes, merged.</summary>
/// <param name="vocabulary">The tokens.</param>
/// <param name="merges">The merges.</param>
/// <param name="unknown">The token for a byte that the vocabulary lacks; null leaves such bytes out.</param>
/// <param name="fuseUnknown">Neighbouring unknown bytes become one token.</param>
/// <param name="ignoreMerges">A word that is itself a token becomes that token, whether or not merges lead there.</param>
internal sealed class BpeModel(Vocabulary vocabulary, MergeTable merges, int? unknown, bool fuseUnknown, bool ignoreMerges)
    : WordModel(vocabulary)
{
    private const int LongestKept = 1 << 16;

    // Where words are merged; each thread has one and uses it again.
    [ThreadStatic]
    private static int[]? _room;

    private readonly WordCache _cache = new();

    /// <summary>The merges.</summary>
    public MergeTable Merges => merges;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Encode(ReadOnlySpan<char> word)
    {
        if (word.Length > WordCache.LongestWord) return Merge(word);
        var hash = WordCache.HashOf(word);
        var found = _cache.Find(word, hash);
        if (found is null) _cache.Keep(word, hash, found = Merge(word).ToArray());
        return found;
    }

    /// <summary>Merges a word step by step.</summary>
    public MergeTrace Trace(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        if (WholeWord(bytes) is { } whole) return new MergeTrace(word, [TokenText.Of(Vocabulary, whole)], [], [whole]);
        var tokens = new int[bytes.Length];
        tokens = tokens[..TokensOfBytes(bytes, tokens)];
        var start = Pieces(tokens);
        var steps = new List<MergeStep>();
        var count = WordMerger.Merge(tokens, merges, (rank, after) => steps.Add(StepOf(rank, after)));
        return new MergeTrace(word, start, steps, tokens[..count]);
    }

    private MergeStep StepOf(int rank, int[] after)
    {
        var merge = merges.Merges[rank];
        return new MergeStep(merge, TokenText.Of(Vocabulary, merge.Left), TokenText.Of(Vocabulary, merge.Right), Pieces(after));
    }

    private string[] Pieces(int[] tokens) => Array.ConvertAll(tokens, id => TokenText.Of(Vocabulary, id));

    private ReadOnlySpan<int> Merge(ReadOnlySpan<char> word)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(word.Length));
        var bytes = rented.AsSpan(0, Encoding.UTF8.GetBytes(word, rented));
        var tokens = Room(bytes.Length);
        var count = Merge(bytes, tokens);
        ArrayPool<byte>.Shared.Return(rented);
        return tokens.AsSpan(0, count);
    }

    private int Merge(ReadOnlySpan<byte> bytes, Span<int> tokens)
    {
        if (WholeWord(bytes) is { } whole)
        {
            tokens[0] = whole;
            return 1;
        }

        var count = TokensOfBytes(bytes, tokens);
        return count < 2 ? count : WordMerger.Merge(tokens[..count], merges);
    }

    private static int[] Room(int length)
    {
        if (length > LongestKept) return new int[length];
        if (_room is null || _room.Length < length) _room = new int[Math.Max(256, 2 * length)];
        return _room;
    }

    private int? WholeWord(ReadOnlySpan<byte> bytes)
    {
        if (!ignoreMerges || bytes.Length > Vocabulary.LongestText) return null;
        Span<char> text = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++) text[i] = ByteAlphabet.CharacterOf(bytes[i]);
        return Vocabulary.IdOfText(text);
    }

    private int TokensOfBytes(ReadOnlySpan<byte> bytes, Span<int> tokens)
    {
        var count = 0;
        var lastUnknown = false;
        foreach (var value in bytes)
        {
            var id = Vocabulary.IdOfByte(value);
            var isUnknown = id < 0;
            if (isUnknown && (unknown is null || (fuseUnknown && lastUnknown))) continue;
            tokens[count++] = isUnknown ? unknown!.Value : id;
            lastUnknown = isUnknown;
        }

        return count;
    }
}
