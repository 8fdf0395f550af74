using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <content>Texts in quotes, classes and escapes.</content>
internal sealed partial class GbnfReader
{
    private GrammarElement[] ReadLiteral()
    {
        var start = _at++;
        var bytes = new List<byte>();
        while (_at < text.Length && text[_at] is not ('"' or '\n'))
            bytes.AddRange(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(ReadCharacter())));
        if (!Take("\"")) throw Error(start, "the text has no closing quote");
        return [.. bytes.Select(one => GrammarElement.Bytes(one, one))];
    }

    private GrammarElement[] ReadClass(string name)
    {
        var start = _at++;
        var isNegated = Take("^");
        var ranges = new List<(int Low, int High)>();
        while (_at < text.Length && text[_at] is not (']' or '\n'))
        {
            var low = ReadCharacter();
            var high = low;
            if (_at + 1 < text.Length && text[_at] == '-' && text[_at + 1] != ']')
            {
                _at++;
                high = ReadCharacter();
            }
            if (high < low) throw Error(start, $"a range of the class ends before it begins");
            ranges.Add((low, high));
        }
        if (!Take("]")) throw Error(start, "the class has no closing bracket");
        return [Characters(name, isNegated ? Utf8Ranges.Others(ranges) : ranges)];
    }

    private int ReadCharacter()
    {
        if (text[_at] == '\\') return ReadEscape();
        if (!Rune.TryGetRuneAt(text, _at, out var rune)) throw Error(_at, "half of a surrogate pair is not a character");
        _at += rune.Utf16SequenceLength;
        return rune.Value;
    }

    private int ReadEscape()
    {
        var start = _at;
        var kind = _at + 1 < text.Length ? text[_at + 1] : ' ';
        _at += 2;
        return kind switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '\\' or '"' or '[' or ']' or '-' or '^' => kind,
            'x' => ReadHex(start, 2),
            'u' => ReadHex(start, 4),
            'U' => ReadHex(start, 8),
            _ => throw Error(
                start, $"the escape '\\{kind}' is unknown; use \\n, \\r, \\t, \\\\, \\\", \\[, \\], \\x41, \\u00e9 or \\U0001f600"),
        };
    }

    private int ReadHex(int start, int digits)
    {
        var end = Math.Min(_at + digits, text.Length);
        if (end - _at < digits || !uint.TryParse(text.AsSpan(_at, digits), NumberStyles.HexNumber, null, out var value)
            || !Rune.IsValid(value))
            throw Error(start, $"the escape needs {digits} hexadecimal digits of a character");
        _at = end;
        return (int)value;
    }
}
