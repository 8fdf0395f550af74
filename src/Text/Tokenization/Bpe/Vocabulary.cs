using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>The tokens: their ids, their bytes, and the text that a file writes for them.</summary>
internal sealed class Vocabulary
{
    private readonly string?[] _texts;
    private readonly byte[]?[] _bytes;
    private readonly string?[] _pieces;
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;
    private readonly int[] _byteIds = new int[256];

    /// <param name="ids">Text as in the file (<see cref="ByteAlphabet"/>) to id. Ids are 0 or more and differ.</param>
    /// <param name="added">Tokens that stand outside the merges; their text is plain text.</param>
    public Vocabulary(Dictionary<string, int> ids, IReadOnlyList<AddedToken> added)
        : this(ids, added, text => ByteAlphabet.Read(text) ?? Encoding.UTF8.GetBytes(text)) { }

    /// <param name="ids">Text as in the file to id. Ids are 0 or more and differ.</param>
    /// <param name="added">Tokens that stand outside the merges; their text is plain text.</param>
    /// <param name="bytesOf">The bytes that a token prints, from its text in the file.</param>
    public Vocabulary(Dictionary<string, int> ids, IReadOnlyList<AddedToken> added, Func<string, byte[]> bytesOf)
    {
        _ids = ids;
        _idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        LongestText = ids.Keys.Select(text => text.Length).DefaultIfEmpty().Max();
        Added = added;
        Size = 1 + Math.Max(ids.Values.DefaultIfEmpty(-1).Max(), added.Select(token => token.Id).DefaultIfEmpty(-1).Max());
        _texts = new string?[Size];
        _bytes = new byte[Size][];
        _pieces = new string?[Size];
        foreach (var (text, id) in ids)
        {
            _texts[id] = text;
            _bytes[id] = bytesOf(text);
        }

        foreach (var token in added)
        {
            _texts[token.Id] = token.Content;
            _bytes[token.Id] = Encoding.UTF8.GetBytes(token.Content);
        }

        for (var value = 0; value < 256; value++)
            _byteIds[value] = ids.GetValueOrDefault(ByteAlphabet.CharacterOf((byte)value).ToString(), -1);
    }

    /// <summary>One more than the highest id.</summary>
    public int Size { get; }

    /// <summary>Tokens that stand outside the merges, in the order of the file.</summary>
    public IReadOnlyList<AddedToken> Added { get; }

    /// <summary>Text as in the file, and id, of every token that is not only an added one.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>The token of a single byte; -1 where the vocabulary has none.</summary>
    public int IdOfByte(byte value) => _byteIds[value];

    /// <summary>The token that a file writes like this, or null.</summary>
    public int? IdOfText(ReadOnlySpan<char> text) => _idsBySpan.TryGetValue(text, out var id) ? id : null;

    /// <summary>Characters of the longest text that a file writes for a token: one a byte.</summary>
    public int LongestText { get; }

    /// <summary>The text that a file writes for a token, or null where the id is unused.</summary>
    public string? TextOf(int id) => (uint)id < (uint)Size ? _texts[id] : null;

    /// <summary>The characters of a token whose bytes are whole characters.</summary>
    public string PieceOf(int id) => _pieces[id] ??= Encoding.UTF8.GetString(_bytes[id]!);

    /// <summary>The bytes of a token, or null where the id is unused.</summary>
    public byte[]? BytesOf(int id) => (uint)id < (uint)Size ? _bytes[id] : null;
}
