using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// A number for each character: its token's id, or where it is not a token, its code point counted from behind the last id.
/// </summary>
internal sealed class CharacterTable
{
    private readonly Vocabulary _vocabulary;
    private readonly int[] _ids = new int[0x10000];         // 0 where the character is not a token, else its id and one
    private readonly Dictionary<int, int> _higher = [];

    public CharacterTable(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        foreach (var (text, id) in vocabulary.Ids)
        {
            if (text.Length is 0 or > 2 || !Rune.TryGetRuneAt(text, 0, out var rune) || rune.Utf16SequenceLength != text.Length) continue;
            if (rune.IsBmp) _ids[rune.Value] = id + 1;
            else _higher[rune.Value] = id;
        }
    }

    /// <summary>The number of a character.</summary>
    public int NumberOf(Rune rune)
    {
        if (!rune.IsBmp) return _higher.TryGetValue(rune.Value, out var high) ? high : _vocabulary.Size + rune.Value;
        var id = _ids[rune.Value];
        return id > 0 ? id - 1 : _vocabulary.Size + rune.Value;
    }

    /// <summary>The character that has a number behind the last id.</summary>
    public Rune CharacterOf(int number) => new(number - _vocabulary.Size);

    /// <summary>The text of a token, or the character that is not a token.</summary>
    public string TextOf(int number) => number < _vocabulary.Size ? _vocabulary.TextOf(number)! : CharacterOf(number).ToString();
}
