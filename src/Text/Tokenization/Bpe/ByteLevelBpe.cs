using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Byte-level byte-pair encoding: text is split into words, a word's UTF-8 bytes are merged pair by pair, and what is left
/// are tokens. Every text can be encoded, for every byte is a token. Never changes; may be used from many threads.
/// </summary>
/// <remarks>Sennrich et al. 2016, arXiv:1508.07909; on bytes: Radford et al. 2019 (GPT-2). <see cref="PlainBpe"/> is the same without the
/// speed.</remarks>
public sealed partial class ByteLevelBpe : VocabularyTokenizer
{
    private readonly BpeModel _model;

    internal ByteLevelBpe(TokenizerParts parts) : base(parts) => _model = (BpeModel)parts.Model;

    /// <summary>Every merge, by rank.</summary>
    public IReadOnlyList<Merge> Merges => _model.Merges.Merges;

    /// <summary>Reads a byte-level tokenizer in Hugging Face's format; <see cref="TokenizerJson.Load"/> reads others too.</summary>
    /// <param name="path">A tokenizer.json.</param>
    /// <exception cref="TokenizerException">The file is missing or broken, or needs a part that byte-level BPE doesn't have.</exception>
    public static ByteLevelBpe Load(string path) => TokenizerReader.ReadFile(path, TokenizerReader.ReadByteLevel);

    /// <summary>Reads a byte-level tokenizer in Hugging Face's format from text.</summary>
    /// <param name="json">What a tokenizer.json holds.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="TokenizerException">The text is broken, or needs a part that byte-level BPE doesn't have.</exception>
    public static ByteLevelBpe Parse(string json, string name = "tokenizer.json") =>
        TokenizerReader.Read(Encoding.UTF8.GetBytes(json), name, TokenizerReader.ReadByteLevel);

    /// <summary>Every merge of one word, in order.</summary>
    /// <param name="word">
    /// Taken as one word, as <see cref="VocabularyTokenizer.PreTokenize"/> would have split it: with the space before it, if it has one.
    /// </param>
    public MergeTrace Trace(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return _model.Trace(WellFormedText.Of(word));
    }

    private protected override int? IdOfText(string piece) =>
        _model.Vocabulary.IdOfText(ByteAlphabet.Write(Encoding.UTF8.GetBytes(piece)));
}
