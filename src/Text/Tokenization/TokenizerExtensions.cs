using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// What engine, console and notebooks ask of any tokenizer. <see cref="ByteLevelBpe"/> answers as itself; other tokenizers answer with what
/// the package's <see cref="Tokenizer"/> offers, or say that they can't.
/// </summary>
public static class TokenizerExtensions
{
    extension(Tokenizer tokenizer)
    {
        /// <summary>How many ids there are: one more than the highest.</summary>
        public int VocabularySize => tokenizer.AsByteLevelBpe("The size of a vocabulary").VocabularySize;

        /// <summary>The tokens that are marks and not text, with their ids.</summary>
        public IReadOnlyDictionary<string, int> SpecialTokens => tokenizer switch
        {
            ByteLevelBpe bpe => bpe.SpecialTokens,
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

    /// <inheritdoc cref="ByteLevelBpe.Encode"/>
    public static int[] Encode(this Tokenizer tokenizer, string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer is ByteLevelBpe bpe ? bpe.Encode(text, addSpecialTokens) : [.. tokenizer.EncodeToIds(text)];
    }

    /// <summary>One token as text to read; of other tokenizers as they decode it alone.</summary>
    public static string Piece(this Tokenizer tokenizer, int id)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer is ByteLevelBpe bpe ? bpe.Piece(id) : tokenizer.Decode([id]) ?? "";
    }

    /// <inheritdoc cref="ByteLevelBpe.IdOf"/>
    public static int? IdOf(this Tokenizer tokenizer, string piece)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer is ByteLevelBpe bpe) return bpe.IdOf(piece);
        return tokenizer.SpecialTokens.TryGetValue(piece, out var special) ? special : tokenizer.EncodeToIds(piece) is [var id] ? id : null;
    }

    /// <inheritdoc cref="ByteLevelBpe.BytesOf"/>
    public static byte[] BytesOf(this Tokenizer tokenizer, int id) => tokenizer.AsByteLevelBpe("The bytes of a token").BytesOf(id);

    /// <inheritdoc cref="ByteLevelBpe.PreTokenize"/>
    public static IReadOnlyList<string> PreTokenize(this Tokenizer tokenizer, string text) =>
        tokenizer.AsByteLevelBpe("Splitting a text into words").PreTokenize(text);

    /// <inheritdoc cref="ByteLevelBpe.Trace"/>
    public static MergeTrace Trace(this Tokenizer tokenizer, string word) => tokenizer.AsByteLevelBpe("A trace of merges").Trace(word);

    /// <summary>Tokens to text.</summary>
    /// <param name="tokenizer">Any tokenizer.</param>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public static string Decode(this Tokenizer tokenizer, IEnumerable<int> ids, bool skipSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer is ByteLevelBpe bpe) return bpe.Decode(ids, skipSpecialTokens);
        var special = skipSpecialTokens ? tokenizer.SpecialTokens.Values.ToHashSet() : [];
        return tokenizer.Decode(ids.Where(id => !special.Contains(id))) ?? "";
    }

    /// <summary>Starts a decoder for tokens that come one at a time.</summary>
    /// <param name="tokenizer">Any tokenizer.</param>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public static StreamingDecoder CreateDecoder(this Tokenizer tokenizer, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer is ByteLevelBpe bpe ? bpe.CreateDecoder(skipSpecialTokens) : new StreamingDecoder(tokenizer, skipSpecialTokens);
    }
}
