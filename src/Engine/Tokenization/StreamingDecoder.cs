using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Turns tokens into text as they come. A character whose bytes are spread over several tokens is held back until it is
/// whole; all that was given, one after another, equals <see cref="ByteLevelBpe.Decode"/> of all tokens. For one thread.
/// </summary>
public sealed class StreamingDecoder
{
    private readonly ByteLevelBpe _tokenizer;
    private readonly bool _skipSpecialTokens;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    internal StreamingDecoder(ByteLevelBpe tokenizer, bool skipSpecialTokens)
    {
        _tokenizer = tokenizer;
        _skipSpecialTokens = skipSpecialTokens;
    }

    /// <summary>Takes the next token.</summary>
    /// <returns>What can be printed now; "" while a character is incomplete.</returns>
    public string Add(int id) => Convert(_tokenizer.BytesToPrint(id, _skipSpecialTokens), flush: false);

    /// <summary>Ends the text; the decoder can then be used for another.</summary>
    /// <returns>What was held back, as U+FFFD; "" where nothing was.</returns>
    public string Flush() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        if (bytes.IsEmpty && !flush) return "";
        Span<char> characters = bytes.Length < 128 ? stackalloc char[132] : new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = _utf8.GetChars(bytes, characters, flush);
        return count == 0 ? "" : new string(characters[..count]);
    }
}
