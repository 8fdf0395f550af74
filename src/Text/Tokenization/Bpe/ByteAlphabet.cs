using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// The 256 printable characters that stand for the 256 bytes in a vocabulary file, so that a token can be written as text
/// even when it is half a UTF-8 character: byte 0x20 (a space) is written Ġ, 0x0A (a newline) Ċ.
/// </summary>
/// <remarks>Radford et al. 2019 (GPT-2), encoder.py: bytes_to_unicode.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = MakeCharacters();
    private static readonly short[] Bytes = MakeBytes();

    /// <summary>The character that stands for a byte.</summary>
    public static char CharacterOf(byte value) => Characters[value];

    /// <summary>The 256 bytes in the order of their characters: the order in which vocabularies list them.</summary>
    public static IEnumerable<byte> InFileOrder => Enumerable.Range(0, 256).Select(value => (byte)value).OrderBy(CharacterOf);

    /// <summary>Bytes as a vocabulary file writes them.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes) text.Append(Characters[value]);
        return text.ToString();
    }

    /// <summary>The bytes of a written token; null where the text holds a character that stands for no byte.</summary>
    public static byte[]? Read(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i] < Bytes.Length ? Bytes[text[i]] : -1;
            if (value < 0) return null;
            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private static char[] MakeCharacters()
    {
        var characters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++) characters[value] = IsPrintable(value) ? (char)value : (char)next++;
        return characters;
    }

    private static short[] MakeBytes()
    {
        var bytes = new short[Characters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (var value = 0; value < 256; value++) bytes[Characters[value]] = (short)value;
        return bytes;
    }

    // The printable part of Latin-1, without the space, the no-break space and the soft hyphen.
    private static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
