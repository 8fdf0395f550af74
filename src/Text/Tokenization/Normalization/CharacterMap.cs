using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>
/// SentencePiece's precompiled rules: a double-array trie that maps some texts to others. Looked up by graphemes of up to 5 bytes, and by
/// characters where a grapheme has no rule, as Hugging Face's library does.
/// </summary>
/// <remarks>The trie is Darts' (Susumu Yata, darts-clone): Aoe 1989, "An efficient digital search algorithm".</remarks>
internal sealed class CharacterMap : INormalizer
{
    private const int LongestGrapheme = 5;

    private readonly uint[] _units;
    private readonly byte[] _results;
    private readonly TokenizerPlace _place;

    /// <param name="rules">| length of the trie in bytes: uint32 | trie: uint32 each | texts, each with a 0 behind it |</param>
    /// <param name="place">Where they stand.</param>
    /// <exception cref="TokenizerException">The bytes are not of this form.</exception>
    public CharacterMap(ReadOnlySpan<byte> rules, TokenizerPlace place)
    {
        _place = place;
        if (rules.Length < 4)
            throw place.Error($"has {rules.Length} bytes; the first four are the length of a trie. Fetch the file again.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(rules);
        if (length < 4 || length % 4 != 0 || length > rules.Length - 4)
            throw place.Error($"has a trie of {length} bytes, and {rules.Length - 4} bytes for it. Fetch the file again.");
        _units = new uint[length / 4];
        for (var i = 0; i < _units.Length; i++) _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(rules[(4 + (4 * i))..]);
        _results = rules[(4 + (int)length)..].ToArray();
    }

    public string Normalize(string text, int most)
    {
        StringBuilder? result = null;
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = StringInfo.GetNextTextElementLength(text, at);
            var grapheme = text.AsSpan(at, length);
            if (Encoding.UTF8.GetByteCount(grapheme) <= LongestGrapheme && Find(grapheme) is { } whole)
            {
                (result ??= new StringBuilder(text, 0, at, text.Length)).Append(whole);
            }
            else
            {
                AddCharacters(text, at, length, ref result);
            }

            if (result?.Length > most) throw _place.TooLong(most);
        }

        return result?.ToString() ?? text;
    }

    private void AddCharacters(string text, int at, int length, ref StringBuilder? result)
    {
        for (var end = at + length; at < end;)
        {
            var character = text.AsSpan(at, char.IsHighSurrogate(text[at]) ? 2 : 1);
            if (Find(character) is { } found) (result ??= new StringBuilder(text, 0, at, text.Length)).Append(found);
            else result?.Append(character);
            at += character.Length;
        }
    }

    // The shortest rule that the text starts with stands for all of it: so it is in the library.
    private string? Find(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[LongestGrapheme];
        bytes = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        var node = Offset(_units[0]);
        foreach (var value in bytes)
        {
            if (value == 0) break;
            node ^= value;
            if (node >= _units.Length || Label(_units[node]) != value) return null;
            var unit = _units[node];
            node ^= Offset(unit);
            if (HasLeaf(unit)) return ResultAt(node);
        }

        return null;
    }

    private string ResultAt(uint node)
    {
        var start = node < _units.Length ? _units[node] & 0x7FFF_FFFF : uint.MaxValue;
        if (start >= _results.Length) throw _place.Error("has a rule whose text lies outside of it. Fetch the file again.");
        var rest = _results.AsSpan((int)start);
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    // unit: | offset: 22 bits | offset counts 256s: 1 bit | has a leaf: 1 bit | label: 8 bits |, the highest bit also of the label
    private static bool HasLeaf(uint unit) => ((unit >> 8) & 1) == 1;

    private static uint Label(uint unit) => unit & 0x8000_00FF;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
