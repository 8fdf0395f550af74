using LlmRabbitHoles.Tokenization.PreTokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// What the tokenizers of this library share: text is normalized and split into words, and a model turns each word into tokens.
/// Never changes; may be used from many threads.
/// </summary>
public abstract partial class VocabularyTokenizer : Tokenizer
{
    private readonly TokenizerParts _parts;
    private readonly WordModel _model;
    private readonly HashSet<int> _specialIds;
    private readonly Dictionary<string, int> _addedIds;

    private protected VocabularyTokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _model = parts.Model;
        var added = parts.Model.Vocabulary.Added;
        _specialIds = [.. added.Where(token => token.Special).Select(token => token.Id)];
        _addedIds = added.ToDictionary(token => token.Content, token => token.Id);
        SpecialTokens = added.Where(token => token.Special).ToDictionary(token => token.Content, token => token.Id);
    }

    /// <summary>How many ids there are, added tokens included: one more than the highest.</summary>
    public int VocabularySize => _model.Vocabulary.Size;

    /// <summary>The tokens that are marks and no text, with their ids.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>All tokens that are found in text as they are written, special or not, in the order of the file.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => _model.Vocabulary.Added;

    /// <summary>What the tokenizer is put together from.</summary>
    internal TokenizerParts Parts => _parts;

    /// <summary>Writes the tokenizer in Hugging Face's format; parts that a loaded file had are kept as they were.</summary>
    /// <param name="path">The file to write; an existing one is replaced once the new one is whole.</param>
    public void Save(string path) => TokenizerWriter.WriteFile(path, _parts);

    /// <summary>Text to tokens.</summary>
    /// <param name="text">Any string; half a surrogate pair is read as U+FFFD. Special tokens that are written in it are
    /// recognised.</param>
    /// <param name="addSpecialTokens">Also put around it what the model expects, such as a token for the beginning.</param>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var tokens = new IdCollector(_model, int.MaxValue, text.Length / 3);
        new EncodingRun(_parts, tokens).Take(text);
        return addSpecialTokens ? [.. _parts.Template.Before, .. tokens.Ids, .. _parts.Template.After] : tokens.Ids.ToArray();
    }

    /// <summary>Tokens to text. Bytes that are not valid UTF-8 become U+FFFD; ids without a token add nothing.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public abstract string Decode(IEnumerable<int> ids, bool skipSpecialTokens);

    /// <summary>Tokens to text, special ones too. Bytes that are not valid UTF-8 become U+FFFD; ids without a token add nothing.</summary>
    /// <param name="ids">Token ids.</param>
    public override string Decode(IEnumerable<int> ids) => Decode(ids, skipSpecialTokens: false);

    /// <summary>The bytes that a token stands for.</summary>
    /// <exception cref="TokenizerException">No token has this id.</exception>
    public byte[] BytesOf(int id) => (byte[])(_model.Vocabulary.BytesOf(id) ?? throw NoToken(id)).Clone();

    /// <summary>
    /// One token as text to read: bytes that are only part of a character as <c>&lt;0xE2&gt;</c>, an id without a token as <c>&lt;id
    /// 7&gt;</c>.
    /// </summary>
    public string Piece(int id) => TokenText.Of(_model.Vocabulary, id);

    /// <summary>The id of an added token, or of the token whose text is exactly this; null where there is none.</summary>
    public int? IdOf(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return _addedIds.TryGetValue(piece, out var id) ? id : IdOfText(piece);
    }

    /// <summary>The words that merges may not cross, and the added tokens between them, in order.</summary>
    public IReadOnlyList<string> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new WordLister();
        new EncodingRun(_parts, words).Take(text);
        return words.Words;
    }

    /// <summary>Starts a decoder for tokens that come one at a time.</summary>
    /// <param name="skipSpecialTokens">Leave the special ones out.</param>
    public StreamingDecoder CreateDecoder(bool skipSpecialTokens = true) => new(this, skipSpecialTokens);

    /// <summary>Whether a token is a mark and not text.</summary>
    internal bool IsSpecial(int id) => _specialIds.Contains(id);

    internal ReadOnlySpan<byte> BytesToPrint(int id, bool skipSpecialTokens) =>
        skipSpecialTokens && IsSpecial(id) ? [] : _model.Vocabulary.BytesOf(id);

    /// <summary>The id of the token, not an added one, whose text is exactly this; null where there is none.</summary>
    private protected abstract int? IdOfText(string piece);

    private TokenizerException NoToken(int id) => new(
        $"No token has the id {id}: the vocabulary has {VocabularySize} ids, 0 to {VocabularySize - 1}. " +
        "Check that the tokens come from this tokenizer.");

    private sealed class WordLister : WordReceiver
    {
        public List<string> Words { get; } = [];

        public override bool Take(Piece piece) => Add(piece.Text.ToString());

        public override bool TakeAdded(Piece piece, AddedToken token) => Add(token.Content);

        private bool Add(string word)
        {
            Words.Add(word);
            return true;
        }
    }
}
