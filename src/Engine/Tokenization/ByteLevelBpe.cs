using System.Text;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Byte-level byte-pair encoding: text is cut into words, a word's UTF-8 bytes are merged pair by pair, and what is left
/// are tokens. Every text can be encoded, for every byte is a token. Never changes; may be used from many threads.
/// </summary>
/// <remarks>Sennrich et al. 2016, arXiv:1508.07909; on bytes: Radford et al. 2019 (GPT-2).</remarks>
public sealed class ByteLevelBpe
{
    private readonly TokenizerParts _parts;
    private readonly BpeModel _model;
    private readonly AddedTokenMatcher? _rawMatcher;
    private readonly AddedTokenMatcher? _normalizedMatcher;
    private readonly HashSet<int> _specialIds;
    private readonly Dictionary<string, int> _addedIds;

    internal ByteLevelBpe(TokenizerParts parts)
    {
        _parts = parts;
        _model = parts.Model;
        var added = parts.Model.Vocabulary.Added;
        _rawMatcher = MatcherOf(added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        _normalizedMatcher = MatcherOf(added.Where(token => token.Normalized).Select(token => (Normalize(token.Content), token)));
        _specialIds = [.. added.Where(token => token.Special).Select(token => token.Id)];
        _addedIds = added.ToDictionary(token => token.Content, token => token.Id);
        SpecialTokens = added.Where(token => token.Special).ToDictionary(token => token.Content, token => token.Id);
    }

    /// <summary>How many ids there are, added tokens included: one more than the highest.</summary>
    public int VocabularySize => _model.Vocabulary.Size;

    /// <summary>Every merge, by rank.</summary>
    public IReadOnlyList<Merge> Merges => _model.Merges.Merges;

    /// <summary>The tokens that are marks and no text, with their ids.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>All tokens that are found in text as they are written, special or not, in the order of the file.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => _model.Vocabulary.Added;

    /// <summary>What the tokenizer is put together from.</summary>
    internal TokenizerParts Parts => _parts;

    /// <summary>Reads a tokenizer in Hugging Face's format.</summary>
    /// <param name="path">A tokenizer.json.</param>
    /// <exception cref="TokenizerException">The file is missing or broken, or needs a part that byte-level BPE doesn't have.</exception>
    public static ByteLevelBpe Load(string path) => TokenizerReader.ReadFile(path);

    /// <summary>Reads a tokenizer in Hugging Face's format from text.</summary>
    /// <param name="json">What a tokenizer.json holds.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="TokenizerException">The text is broken, or needs a part that byte-level BPE doesn't have.</exception>
    public static ByteLevelBpe Parse(string json, string name = "tokenizer.json") => TokenizerReader.Read(Encoding.UTF8.GetBytes(json), name);

    /// <summary>Writes the tokenizer in Hugging Face's format; parts that a loaded file had are kept as they were.</summary>
    /// <param name="path">The file to write; an existing one is replaced once the new one is whole.</param>
    public void Save(string path) => TokenizerWriter.WriteFile(path, _parts);

    /// <summary>Text to tokens.</summary>
    /// <param name="text">Any string; half a surrogate pair is read as U+FFFD. Special tokens that are written in it are recognised.</param>
    /// <param name="addSpecialTokens">Also put around it what the model expects, such as a token for the beginning.</param>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<int>((text.Length / 3) + 8);
        if (addSpecialTokens) tokens.AddRange(_parts.Template.Before);
        foreach (var (word, added) in Words(text))
        {
            if (added != null) tokens.Add(added.Id);
            else foreach (var range in word.Ranges) _model.Encode(word[range], tokens);
        }

        if (addSpecialTokens) tokens.AddRange(_parts.Template.After);
        return [.. tokens];
    }

    /// <summary>Tokens to text. Bytes that are no valid UTF-8 become U+FFFD; ids without a token add nothing.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var bytes = new MemoryStream();
        foreach (var id in ids) bytes.Write(BytesToPrint(id, skipSpecialTokens));
        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The bytes that a token stands for.</summary>
    /// <exception cref="TokenizerException">No token has this id.</exception>
    public byte[] BytesOf(int id) => (byte[])(_model.Vocabulary.BytesOf(id) ?? throw NoToken(id)).Clone();

    /// <summary>One token as text to read: bytes that are only part of a character as <c>&lt;0xE2&gt;</c>, an id without a token as <c>&lt;id 7&gt;</c>.</summary>
    public string Piece(int id) => TokenText.Of(_model.Vocabulary, id);

    /// <summary>The id of an added token, or of the token whose text is exactly this; null where there is none.</summary>
    public int? IdOf(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return _addedIds.TryGetValue(piece, out var id) ? id : _model.Vocabulary.IdOfText(ByteAlphabet.Write(Encoding.UTF8.GetBytes(piece)));
    }

    /// <summary>The words that merges may not cross, and the added tokens between them, in order.</summary>
    public IReadOnlyList<string> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Words(text).SelectMany(part => part.Added != null ? [part.Added.Content] : part.Words.Ranges.Select(range => part.Words[range].ToString()))];
    }

    /// <summary>Every merge of one word, in order.</summary>
    /// <param name="word">Taken as one word, as <see cref="PreTokenize"/> would have cut it: with the space before it, if it has one.</param>
    public MergeTrace Trace(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return _model.Trace(WellFormedText.Of(word));
    }

    /// <summary>Starts a decoder for tokens that come one at a time.</summary>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public StreamingDecoder CreateDecoder(bool skipSpecialTokens = true) => new(this, skipSpecialTokens);

    internal ReadOnlySpan<byte> BytesToPrint(int id, bool skipSpecialTokens) =>
        skipSpecialTokens && _specialIds.Contains(id) ? [] : _model.Vocabulary.BytesOf(id);

    private static AddedTokenMatcher? MatcherOf(IEnumerable<(string Text, AddedToken Token)> tokens) =>
        tokens.Any() ? new AddedTokenMatcher(tokens) : null;

    // Added tokens are looked for twice: in the text as given, and in what lies between them once that is normalized.
    private IEnumerable<(PieceList Words, AddedToken? Added)> Words(string text)
    {
        text = WellFormedText.Of(text);
        foreach (var outer in Split(_rawMatcher, text))
        {
            if (outer.Added != null)
            {
                yield return (PieceList.Whole(""), outer.Added);
                continue;
            }

            foreach (var inner in Split(_normalizedMatcher, Normalize(outer.Text)))
            {
                var whole = PieceList.Whole(inner.Text);
                yield return inner.Added != null || inner.Text.Length == 0 ? (whole, inner.Added) : (_parts.PreTokenizer.Cut(whole), null);
            }
        }
    }

    private static IEnumerable<(string Text, AddedToken? Added)> Split(AddedTokenMatcher? matcher, string text) =>
        matcher == null ? [(text, null)] : matcher.Split(text).Select(part => (text[part.Start..part.End], part.Token));

    private string Normalize(string text) => _parts.Normalizer?.Normalize(text) ?? text;

    private TokenizerException NoToken(int id) => new(
        $"No token has the id {id}: the vocabulary has {VocabularySize} ids, 0 to {VocabularySize - 1}. Check that the tokens come from this tokenizer.");
}
