using System.Buffers;
using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>A single token as text that can be read, even where its bytes are only part of a character.</summary>
internal static class TokenText
{
    /// <summary>
    /// The token's text; bytes that are not valid UTF-8 as <c>&lt;0xE2&gt;</c>, and an id without a token as <c>&lt;id 7&gt;</c>.
    /// </summary>
    public static string Of(Vocabulary vocabulary, int id) => vocabulary.BytesOf(id) is { } bytes ? Of(bytes) : $"<id {id}>";

    private static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done) text.Append(rune);
            else foreach (var value in bytes[..length]) text.Append($"<0x{value:X2}>");
            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
