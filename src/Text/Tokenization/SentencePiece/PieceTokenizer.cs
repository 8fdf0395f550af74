using System.Buffers;
using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// A tokenizer whose tokens are pieces of text, with ▁ for a space, as SentencePiece makes them: by byte-pair encoding over characters
/// (Llama 2, Mistral, Gemma, Phi-3) or by the likeliest split (T5). Never changes; may be used from many threads.
/// </summary>
/// <remarks>Kudo and Richardson 2018, arXiv:1808.06226.</remarks>
public sealed partial class PieceTokenizer : VocabularyTokenizer
{
    private readonly Vocabulary _vocabulary;
    private readonly TokenDecoder _decoder;
    private readonly string?[] _texts;      // by id, as the decoder wants them; made when first asked for

    internal PieceTokenizer(TokenizerParts parts)
        : base(parts)
    {
        (_vocabulary, _decoder) = (parts.Model.Vocabulary, parts.Decoder!);
        _texts = new string?[_vocabulary.Size];
    }

    /// <summary>Reads such a tokenizer in Hugging Face's format; <see cref="TokenizerJson.Load"/> reads others too.</summary>
    /// <param name="path">A tokenizer.json.</param>
    /// <exception cref="TokenizerException">The file is missing or broken, or needs a part that is not supported.</exception>
    public static PieceTokenizer Load(string path) => TokenizerReader.ReadFile(path, TokenizerReader.ReadPieces);

    /// <summary>Reads such a tokenizer in Hugging Face's format from text.</summary>
    /// <param name="json">What a tokenizer.json holds.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="TokenizerException">The text is broken, or needs a part that is not supported.</exception>
    public static PieceTokenizer Parse(string json, string name = "tokenizer.json") =>
        TokenizerReader.Read(Encoding.UTF8.GetBytes(json), name, TokenizerReader.ReadPieces);

    /// <summary>
    /// Makes a tokenizer of a SentencePiece model's pieces and scores, as a GGUF file lists them under <c>tokenizer.ggml.model = llama</c>:
    /// of the two neighbours whose joined text has the highest score, the leftmost merge first, as in llama.cpp.
    /// </summary>
    /// <param name="pieces">The text of each id, with ▁ for a space; of equal ones the last counts.</param>
    /// <param name="scores">The score of each id.</param>
    /// <param name="types">The type of each id.</param>
    /// <param name="options">What goes around a text; null: <see cref="PieceOptions"/> as it is born.</param>
    /// <exception cref="TokenizerException">The three lists have different lengths, or one has a value that cannot be used.</exception>
    public static PieceTokenizer FromScores(
        IReadOnlyList<string> pieces, IReadOnlyList<float> scores, IReadOnlyList<PieceType> types, PieceOptions? options = null) =>
        new ScoredPieces(pieces, scores, types, options ?? new()).ToTokenizer();

    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _decoder.Decode(Texts(ids, skipSpecialTokens));
    }

    /// <summary>Tokens to text in memory that is there already. What goes on from the next id is read as a text of its own.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="destination">Gets the text.</param>
    /// <param name="idsConsumed">How many ids the written text stands for.</param>
    /// <param name="charsWritten">How much of <paramref name="destination"/> is that text.</param>
    /// <returns>
    /// Done; DestinationTooSmall; NeedMoreData where the ids end within a character; InvalidData where an id has no token.
    /// </returns>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        (idsConsumed, charsWritten) = (0, 0);
        var stream = new PieceStream(this, skipSpecialTokens: false);
        var seen = 0;
        foreach (var id in ids)
        {
            if (_vocabulary.TextOf(id) is null) return OperationStatus.InvalidData;
            seen++;
            var text = stream.Add(id);
            if (!text.TryCopyTo(destination[charsWritten..])) return OperationStatus.DestinationTooSmall;
            charsWritten += text.Length;
            if (!stream.HoldsBack) idsConsumed = seen;
        }

        var rest = stream.Flush();
        if (rest.EndsWith('\uFFFD')) return OperationStatus.NeedMoreData;
        if (!rest.TryCopyTo(destination[charsWritten..])) return OperationStatus.DestinationTooSmall;
        charsWritten += rest.Length;
        idsConsumed = seen;
        return OperationStatus.Done;
    }

    private protected override int? IdOfText(string piece) => _vocabulary.IdOfText(piece);

    private IEnumerable<string> Texts(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        foreach (var id in ids)
        {
            if (TextToPrint(id, skipSpecialTokens) is { } text) yield return text;
        }
    }

    private string? TextToPrint(int id, bool skipSpecialTokens)
    {
        if ((skipSpecialTokens && IsSpecial(id)) || _vocabulary.TextOf(id) is not { } text) return null;
        return _texts[id] ??= _decoder.Prepare(text);
    }
}
