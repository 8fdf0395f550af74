using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// What engine, console and notebooks ask of any tokenizer. A <see cref="VocabularyTokenizer"/> answers as itself; other tokenizers answer
/// with what the package's <see cref="Tokenizer"/> offers, or say that they can't.
/// </summary>
public static class TokenizerExtensions
{
    extension(Tokenizer tokenizer)
    {
        /// <summary>How many ids there are: one more than the highest.</summary>
        public int VocabularySize => tokenizer.AsVocabularyTokenizer("The size of a vocabulary").VocabularySize;

        /// <summary>The tokens that are marks and not text, with their ids.</summary>
        public IReadOnlyDictionary<string, int> SpecialTokens => tokenizer switch
        {
            VocabularyTokenizer ours => ours.SpecialTokens,
            TiktokenTokenizer tiktoken => tiktoken.SpecialTokens ?? new Dictionary<string, int>(),
            _ => new Dictionary<string, int>(),
        };

        /// <summary>Every merge, by rank.</summary>
        public IReadOnlyList<Merge> Merges => tokenizer.AsByteLevelBpe("A list of merges").Merges;
    }

    /// <summary>The tokenizer as what only byte-level BPE of this engine has: pieces, merges, traces, saving.</summary>
    /// <param name="tokenizer">Any tokenizer.</param>
    /// <param name="need">What it is for: the subject of the message.</param>
    /// <exception cref="TokenizerException">It is a tokenizer of another kind.</exception>
    public static ByteLevelBpe AsByteLevelBpe(this Tokenizer tokenizer, string need)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer as ByteLevelBpe ?? throw new TokenizerException(
            $"{need} needs a ByteLevelBpe; this tokenizer is a {tokenizer.GetType().Name}. " +
            "Load one with ByteLevelBpe.Load(\"tokenizer.json\").");
    }

    /// <summary>The tokenizer as what all tokenizers of this library have: pieces, added tokens, saving.</summary>
    /// <inheritdoc cref="AsByteLevelBpe" path="/*[not(self::summary)]"/>
    internal static VocabularyTokenizer AsVocabularyTokenizer(this Tokenizer tokenizer, string need)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer as VocabularyTokenizer ?? throw new TokenizerException(
            $"{need} needs a tokenizer of this library; this one is a {tokenizer.GetType().Name}. " +
            "Load one with TokenizerJson.Load(\"tokenizer.json\").");
    }

    /// <inheritdoc cref="VocabularyTokenizer.Encode"/>
    public static int[] Encode(this Tokenizer tokenizer, string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer is VocabularyTokenizer ours ? ours.Encode(text, addSpecialTokens) : [.. tokenizer.EncodeToIds(text)];
    }

    /// <summary>One token as text to read; of other tokenizers as they decode it alone.</summary>
    public static string Piece(this Tokenizer tokenizer, int id)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer is VocabularyTokenizer ours ? ours.Piece(id) : tokenizer.Decode([id]) ?? "";
    }

    /// <inheritdoc cref="VocabularyTokenizer.IdOf"/>
    public static int? IdOf(this Tokenizer tokenizer, string piece)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer is VocabularyTokenizer ours) return ours.IdOf(piece);
        return tokenizer.SpecialTokens.TryGetValue(piece, out var special) ? special : tokenizer.EncodeToIds(piece) is [var id] ? id : null;
    }

    /// <inheritdoc cref="VocabularyTokenizer.BytesOf"/>
    public static byte[] BytesOf(this Tokenizer tokenizer, int id) => tokenizer.AsVocabularyTokenizer("The bytes of a token").BytesOf(id);

    /// <inheritdoc cref="VocabularyTokenizer.PreTokenize"/>
    public static IReadOnlyList<string> PreTokenize(this Tokenizer tokenizer, string text) =>
        tokenizer.AsVocabularyTokenizer("Splitting a text into words").PreTokenize(text);

    /// <inheritdoc cref="ByteLevelBpe.Trace"/>
    public static MergeTrace Trace(this Tokenizer tokenizer, string word) => tokenizer.AsByteLevelBpe("A trace of merges").Trace(word);

    /// <summary>Tokens to text.</summary>
    /// <param name="tokenizer">Any tokenizer.</param>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public static string Decode(this Tokenizer tokenizer, IEnumerable<int> ids, bool skipSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer is VocabularyTokenizer ours) return ours.Decode(ids, skipSpecialTokens);
        var special = skipSpecialTokens ? tokenizer.SpecialTokens.Values.ToHashSet() : [];
        return tokenizer.Decode(ids.Where(id => !special.Contains(id))) ?? "";
    }

    /// <summary>Starts a decoder for tokens that come one at a time.</summary>
    /// <param name="tokenizer">Any tokenizer.</param>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public static StreamingDecoder CreateDecoder(this Tokenizer tokenizer, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new StreamingDecoder(tokenizer, skipSpecialTokens);
    }
}
