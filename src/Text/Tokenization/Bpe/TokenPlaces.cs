using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Finds which characters of its word each token covers. A token that ends within a character covers all of it, as does the next one.
/// </summary>
internal ref struct TokenPlaces
{
    private readonly ReadOnlySpan<char> _word;
    private readonly ReadOnlySpan<int> _tokens;
    private readonly Vocabulary _vocabulary;
    private readonly int[]? _lengths;   // bytes that each token covers; null: those that it prints
    private readonly bool _isWhole;     // the tokens' bytes are not the word's, so that each stands for the whole word
    private int _next;                  // the next token
    private int _at;                    // the first character that is not covered whole
    private int _covered;               // how many of its bytes are

    /// <param name="word">Valid UTF-16.</param>
    /// <param name="tokens">The word's tokens.</param>
    /// <param name="model">Made them; knows their bytes.</param>
    public TokenPlaces(ReadOnlySpan<char> word, ReadOnlySpan<int> tokens, WordModel model)
    {
        _word = word;
        _tokens = tokens;
        _vocabulary = model.Vocabulary;
        _lengths = model.LengthsOf(word, tokens);
        var bytes = 0;
        for (var i = 0; i < tokens.Length; i++) bytes += LengthOf(i);
        _isWhole = bytes != Encoding.UTF8.GetByteCount(word);
    }

    /// <summary>The tokens cover the bytes that they print.</summary>
    public readonly bool AreOfPrintedBytes => _lengths is null;

    /// <summary>The token's first character.</summary>
    public int Start { get; private set; }

    /// <summary>Where its last character ends.</summary>
    public int End { get; private set; }

    /// <summary>It begins within a character.</summary>
    public bool StartsInside { get; private set; }

    /// <summary>It ends within a character.</summary>
    public bool EndsInside { get; private set; }

    /// <summary>Goes to the next token.</summary>
    public bool MoveNext()
    {
        if (_next == _tokens.Length) return false;
        var bytes = LengthOf(_next++);
        if (_isWhole)
        {
            (Start, End, StartsInside, EndsInside) = (0, _word.Length, _next > 1, _next < _tokens.Length);
            return true;
        }

        (Start, StartsInside) = (_at, _covered > 0);
        Cover(bytes);
        EndsInside = _covered > 0;
        End = EndsInside ? _at + LengthAt(_at).Utf16 : _at;
        return true;
    }

    private readonly int LengthOf(int index) => _lengths is null ? _vocabulary.BytesOf(_tokens[index])!.Length : _lengths[index];

    private void Cover(int bytes)
    {
        while (bytes > 0)
        {
            var (utf8, utf16) = LengthAt(_at);
            var more = Math.Min(bytes, utf8 - _covered);
            bytes -= more;
            _covered += more;
            if (_covered < utf8) continue;
            _at += utf16;
            _covered = 0;
        }
    }

    private readonly (int Utf8, int Utf16) LengthAt(int index) => _word[index] switch
    {
        < '\x80' => (1, 1),
        < '\u0800' => (2, 1),
        var c when char.IsSurrogate(c) => (4, 2),
        _ => (3, 1),
    };
}
