using System.Text;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Turns tokens into text as they come. A character whose bytes are spread over several tokens is held back until it is
/// whole; all that was given, one after another, equals what the tokenizer decodes of all tokens. Only where tokens of single bytes are not
/// UTF-8, a <see cref="PieceTokenizer"/> that decodes them all takes back characters that were given before. For one thread.
/// </summary>
public sealed class StreamingDecoder
{
    private readonly ITokenStream _stream;

    internal StreamingDecoder(Tokenizer tokenizer, bool skipSpecialTokens) => _stream = tokenizer switch
    {
        ByteLevelBpe bpe => new ByteStream(bpe, skipSpecialTokens),
        PieceTokenizer pieces => new PieceTokenizer.PieceStream(pieces, skipSpecialTokens),
        _ => new TextStream(tokenizer, skipSpecialTokens),
    };

    /// <summary>Takes the next token.</summary>
    /// <returns>What can be printed now; "" while a character is incomplete.</returns>
    public string Add(int id) => _stream.Add(id);

    /// <summary>Ends the text; the decoder can then be used for another.</summary>
    /// <returns>What was held back, as U+FFFD; "" where nothing was.</returns>
    public string Flush() => _stream.Flush();

    /// <summary>Tokens whose bytes are known: .NET's decoder holds back what is incomplete.</summary>
    private sealed class ByteStream(ByteLevelBpe tokenizer, bool skipSpecialTokens) : ITokenStream
    {
        private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

        public string Add(int id) => Convert(tokenizer.BytesToPrint(id, skipSpecialTokens), flush: false);

        public string Flush() => Convert([], flush: true);

        private string Convert(ReadOnlySpan<byte> bytes, bool flush)
        {
            if (bytes.IsEmpty && !flush) return "";
            Span<char> characters = bytes.Length < 128 ? stackalloc char[132] : new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
            var count = _utf8.GetChars(bytes, characters, flush);
            return count == 0 ? "" : new string(characters[..count]);
        }
    }

    /// <summary>
    /// Tokens of which only text is known: new text is what decoding with the last tokens gives beyond decoding those alone.
    /// </summary>
    private sealed class TextStream(Tokenizer tokenizer, bool skipSpecialTokens) : ITokenStream
    {
        private const int MostHeld = 16;        // a character has at most 4 bytes; longer ones never become whole
        private readonly HashSet<int> _skipped = skipSpecialTokens ? [.. tokenizer.SpecialTokens.Values] : [];
        private readonly List<int> _given = [];
        private readonly List<int> _held = [];

        public string Add(int id)
        {
            if (_skipped.Contains(id)) return "";
            _held.Add(id);
            var text = Held();
            return text.EndsWith('\uFFFD') && _held.Count < MostHeld ? "" : Give(text);
        }

        public string Flush()
        {
            var text = Give(Held());
            _given.Clear();
            return text;
        }

        private string Held() => _held.Count == 0 ? "" : Text([.. _given, .. _held])[Text(_given).Length..];

        private string Give(string text)
        {
            _given.Clear();
            _given.AddRange(_held);
            _held.Clear();
            return text;
        }

        private string Text(List<int> ids) => tokenizer.Decode(ids) ?? "";
    }
}

/// <summary>Takes tokens one by one and gives the text that can be printed.</summary>
internal interface ITokenStream
{
    /// <inheritdoc cref="StreamingDecoder.Add"/>
    string Add(int id);

    /// <inheritdoc cref="StreamingDecoder.Flush"/>
    string Flush();
}
