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
{
    private readonly WordCache _cache = new();

    /// <summary>The tokens.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>The merges.</summary>
    public MergeTable Merges => merges;

    /// <summary>Adds the tokens of a word.</summary>
    /// <param name="word">Valid UTF-16; not empty.</param>
    /// <param name="tokens">Gets the token ids.</param>
    public void Encode(ReadOnlySpan<char> word, List<int> tokens)
    {
        if (word.Length > WordCache.LongestWord)
        {
            tokens.AddRange(Merge(word));
            return;
        }

        var hash = WordCache.HashOf(word);
        var found = _cache.Find(word, hash);
        if (found == null) _cache.Keep(word, hash, found = Merge(word));
        if (found.Length == 1) tokens.Add(found[0]);
        else tokens.AddRange(found);
    }

    /// <summary>Merges a word step by step.</summary>
    public MergeTrace Trace(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        if (WholeWord(bytes) is { } whole) return new MergeTrace(word, [TokenText.Of(vocabulary, whole)], [], [whole]);
        var tokens = TokensOfBytes(bytes);
        var start = Pieces(tokens);
        var steps = new List<MergeStep>();
        var count = WordMerger.Merge(tokens, merges, (rank, after) => steps.Add(StepOf(rank, after)));
        return new MergeTrace(word, start, steps, tokens[..count]);
    }

    private MergeStep StepOf(int rank, int[] after)
    {
        var merge = merges.Merges[rank];
        return new MergeStep(merge, TokenText.Of(vocabulary, merge.Left), TokenText.Of(vocabulary, merge.Right), Pieces(after));
    }

    private string[] Pieces(int[] tokens) => Array.ConvertAll(tokens, id => TokenText.Of(vocabulary, id));

    private int[] Merge(ReadOnlySpan<char> word)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(word.Length));
        var bytes = rented.AsSpan(0, Encoding.UTF8.GetBytes(word, rented));
        var whole = WholeWord(bytes);
        var tokens = whole is { } id ? [id] : TokensOfBytes(bytes);
        ArrayPool<byte>.Shared.Return(rented);
        if (tokens.Length < 2) return tokens;
        var count = WordMerger.Merge(tokens, merges);
        return count == tokens.Length ? tokens : tokens[..count];
    }

    private int? WholeWord(ReadOnlySpan<byte> bytes) => ignoreMerges ? vocabulary.IdOfText(ByteAlphabet.Write(bytes)) : null;

    private int[] TokensOfBytes(ReadOnlySpan<byte> bytes)
    {
        var tokens = new int[bytes.Length];
        var count = 0;
        var lastUnknown = false;
        foreach (var value in bytes)
        {
            var id = vocabulary.IdOfByte(value);
            var isUnknown = id < 0;
            if (isUnknown && (unknown == null || (fuseUnknown && lastUnknown))) continue;
            tokens[count++] = isUnknown ? unknown!.Value : id;
            lastUnknown = isUnknown;
        }

        return count == tokens.Length ? tokens : tokens[..count];
    }
}
