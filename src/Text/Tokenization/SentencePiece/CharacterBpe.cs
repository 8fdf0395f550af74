using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Byte-pair encoding over characters: a word's characters are merged pair by pair, and a character that the vocabulary lacks becomes the
/// tokens of its UTF-8 bytes, or the unknown token.
/// </summary>
/// <remarks>Sennrich et al. 2016, arXiv:1508.07909; with ▁ for the space: Kudo and Richardson 2018, arXiv:1808.06226.</remarks>
internal sealed class CharacterBpe : WordModel
{
    /// <summary>Stands for a space, U+2581.</summary>
    public const char Space = '\u2581';

    private const int LongestKept = 1 << 16;

    // Where words are merged and where the tokens of their parts gather; each thread has one of each and uses it again.
    [ThreadStatic]
    private static int[]? _room;

    [ThreadStatic]
    private static int[]? _gathered;

    private readonly CharacterBpeOptions _options;
    private readonly CharacterTable _characters;
    private readonly int[]? _byteIds;
    private readonly HashSet<char>? _mergedBeforeSpace;
    private readonly WordCache _cache = new();

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="merges">The merges; of characters that are not tokens by <see cref="CharacterTable"/>'s numbers.</param>
    /// <param name="options">What happens to characters that are not tokens.</param>
    public CharacterBpe(Vocabulary vocabulary, MergeTable merges, CharacterBpeOptions options)
        : base(vocabulary)
    {
        (Merges, _options) = (merges, options);
        _characters = new CharacterTable(vocabulary);
        _byteIds = options.ByteFallback ? JoinBytes.IdsIn(vocabulary) : null;
        // Where characters are left out, those beside them merge.
        var keepsAll = options.BytesAfterMerges || options.Unknown is not null || _byteIds?.Contains(-1) == false;
        _mergedBeforeSpace = keepsAll && vocabulary.IdOfText([Space]) is not null ? CharactersBeforeSpace() : null;
    }

    /// <summary>The merges.</summary>
    public MergeTable Merges { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Encode(ReadOnlySpan<char> word)
    {
        if (_options.IgnoreMerges && Vocabulary.IdOfText(word) is { } whole) return new int[] { whole };
        var end = EndOfPart(word);
        return end == word.Length ? EncodePart(word) : EncodeParts(word, end);
    }

    /// <inheritdoc/>
    public override int[] LengthsOf(ReadOnlySpan<char> word, ReadOnlySpan<int> tokens)
    {
        if (_options.IgnoreMerges && Vocabulary.IdOfText(word) is not null) return [Encoding.UTF8.GetByteCount(word)];
        var symbols = new int[3 * word.Length];
        var covered = new int[3 * word.Length];
        var count = Symbols(word, symbols, covered);
        var merged = symbols.AsSpan(0, count).ToArray();
        return Covered(merged.AsSpan(0, Merge(merged)), symbols.AsSpan(0, count), covered);
    }

    // No merge joins a part's last character and the next part's first, so each part can be merged, and remembered, alone.
    private int EndOfPart(ReadOnlySpan<char> word)
    {
        if (_mergedBeforeSpace is null) return word.Length;
        for (var at = 1; at < word.Length; at++)
        {
            var offset = word[at..].IndexOf(Space);
            if (offset < 0) break;
            at += offset;
            if (!_mergedBeforeSpace.Contains(word[at - 1])) return at;
        }

        return word.Length;
    }

    private ReadOnlySpan<int> EncodeParts(ReadOnlySpan<char> word, int end)
    {
        var gathered = _gathered ?? new int[256];
        var count = 0;
        for (; !word.IsEmpty; word = word[end..], end = EndOfPart(word))
        {
            var part = EncodePart(word[..end]);
            if (part.Length > gathered.Length - count) Array.Resize(ref gathered, Math.Max(gathered.Length * 2, count + part.Length));
            part.CopyTo(gathered.AsSpan(count));
            count += part.Length;
        }

        _gathered = gathered.Length <= LongestKept ? gathered : null;
        return gathered.AsSpan(0, count);
    }

    private ReadOnlySpan<int> EncodePart(ReadOnlySpan<char> part)
    {
        if (part.Length > WordCache.LongestWord) return MergePart(part);
        var hash = WordCache.HashOf(part);
        var found = _cache.Find(part, hash);
        if (found is null) _cache.Keep(part, hash, found = MergePart(part).ToArray());
        return found;
    }

    private ReadOnlySpan<int> MergePart(ReadOnlySpan<char> part)
    {
        var most = 3 * part.Length;         // UTF-8 bytes
        var symbols = most > LongestKept ? new int[most] : _room?.Length >= most ? _room : _room = new int[Math.Max(256, 2 * most)];
        var count = Merge(symbols.AsSpan(0, Symbols(part, symbols, default)));
        return _options.BytesAfterMerges ? WithBytes(symbols.AsSpan(0, count)) : symbols.AsSpan(0, count);
    }

    private int Merge(Span<int> symbols) => symbols.Length < 2 ? symbols.Length : WordMerger.Merge(symbols, Merges);

    /// <summary>What is there before the first merge.</summary>
    /// <param name="word">Valid UTF-16.</param>
    /// <param name="symbols">Gets them; has room for the word's UTF-8 bytes.</param>
    /// <param name="covered">Gets the number of bytes that each covers, unless empty.</param>
    /// <returns>How many there are.</returns>
    private int Symbols(ReadOnlySpan<char> word, Span<int> symbols, Span<int> covered)
    {
        var writer = new SymbolWriter(symbols, covered);
        var unknown = 0;        // bytes that the unknown token that comes next covers
        foreach (var rune in word.EnumerateRunes())
        {
            var (id, length) = (_characters.NumberOf(rune), rune.Utf8SequenceLength);
            if (id < Vocabulary.Size || _options.BytesAfterMerges)
            {
                EndUnknown(ref writer, ref unknown);
                writer.Add(id, length);
            }
            else if (!AddBytes(rune, ref writer) && _options.Unknown is not null)
            {
                // As in Hugging Face's library, bytes of a character between do not end a run of unknown ones.
                if (!_options.FuseUnknown) EndUnknown(ref writer, ref unknown);
                unknown += length;
            }
        }

        EndUnknown(ref writer, ref unknown);
        return writer.Count;
    }

    private void EndUnknown(ref SymbolWriter writer, ref int length)
    {
        if (length > 0) writer.Add(_options.Unknown!.Value, length);
        length = 0;
    }

    private bool AddBytes(Rune rune, ref SymbolWriter writer)
    {
        if (_byteIds is null) return false;
        Span<byte> bytes = stackalloc byte[4];
        bytes = bytes[..rune.EncodeToUtf8(bytes)];
        foreach (var value in bytes)
        {
            if (_byteIds[value] < 0) return false;
        }

        foreach (var value in bytes) writer.Add(_byteIds[value], 1);
        return true;
    }

    // Characters that are not tokens and that no merge took.
    private ReadOnlySpan<int> WithBytes(ReadOnlySpan<int> symbols)
    {
        if (!symbols.ContainsAnyInRange(Vocabulary.Size, int.MaxValue)) return symbols;
        var tokens = new int[4 * symbols.Length];
        return tokens.AsSpan(0, WithBytes(symbols, new SymbolWriter(tokens, default)));
    }

    private int WithBytes(ReadOnlySpan<int> symbols, SymbolWriter writer)
    {
        foreach (var symbol in symbols)
        {
            if (symbol < Vocabulary.Size) writer.Add(symbol, 0);
            else if (!AddBytes(_characters.CharacterOf(symbol), ref writer) && _options.Unknown is { } unknown) writer.Add(unknown, 0);
        }

        return writer.Count;
    }

    // A merged token's text is that of its symbols, one after another; so its symbols are those whose texts are as long as its own.
    private int[] Covered(ReadOnlySpan<int> merged, ReadOnlySpan<int> symbols, ReadOnlySpan<int> covered)
    {
        var lengths = new List<int>();
        var at = 0;
        foreach (var token in merged)
        {
            var (bytes, text) = (0, 0);
            do
            {
                bytes += covered[at];
                text += TextLength(symbols[at++]);
            }
            while (text < TextLength(token));
            if (token < Vocabulary.Size) lengths.Add(bytes);
            else AddByteLengths(_characters.CharacterOf(token), lengths);
        }

        return [.. lengths];
    }

    private void AddByteLengths(Rune rune, List<int> lengths)
    {
        var writer = new SymbolWriter(stackalloc int[4], default);
        if (AddBytes(rune, ref writer)) lengths.AddRange(Enumerable.Repeat(1, writer.Count));
        else if (_options.Unknown is not null) lengths.Add(rune.Utf8SequenceLength);
    }

    private int TextLength(int symbol) => symbol < Vocabulary.Size
        ? Vocabulary.TextOf(symbol)!.Length
        : _characters.CharacterOf(symbol).Utf16SequenceLength;

    private HashSet<char> CharactersBeforeSpace()
    {
        var found = new HashSet<char>();
        foreach (var merge in Merges.Merges)
        {
            if (_characters.TextOf(merge.Right)[0] == Space) found.Add(_characters.TextOf(merge.Left)[^1]);
        }

        return found;
    }

    /// <summary>Writes symbols, and the bytes that they cover, one after another.</summary>
    private ref struct SymbolWriter(Span<int> symbols, Span<int> covered)
    {
        private readonly Span<int> _symbols = symbols;
        private readonly Span<int> _covered = covered;

        public int Count { get; private set; }

        public void Add(int symbol, int length)
        {
            if (!_covered.IsEmpty) _covered[Count] = length;
            _symbols[Count++] = symbol;
        }
    }
}

/// <summary>What byte-pair encoding over characters does with characters that are not tokens.</summary>
internal sealed record CharacterBpeOptions
{
    /// <summary>The token for them; null leaves them out.</summary>
    public int? Unknown { get; init; }

    /// <summary>Neighbouring ones become one unknown token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>They become the tokens of their bytes, where the vocabulary has all of these.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>
    /// They become bytes after the merges, in which they take part, as in llama.cpp; else before, as in Hugging Face's library.
    /// </summary>
    public bool BytesAfterMerges { get; init; }

    /// <summary>A word that is itself a token becomes that token, whether or not merges lead there.</summary>
    public bool IgnoreMerges { get; init; }
}
