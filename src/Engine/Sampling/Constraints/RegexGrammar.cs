using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Writes a regular expression as a grammar of the texts that it matches as a whole.</summary>
/// <remarks>Literals, <c>.</c>, classes with ranges and <c>\d \w \s</c>, groups, bars and <c>* + ? {m,n}</c>. The anchors ^ and $ may stand
/// at the ends. Look-around, back-references, lazy marks and word borders are refused: they do not say which texts match, or no grammar
/// keeps them.</remarks>
internal sealed class RegexGrammar
{
    private const int DeepestNesting = 100;
    private const string Digits = "0-9", Words = "a-zA-Z0-9_", Blanks = " \\t\\n\\r";

    private readonly string _pattern;
    private readonly bool _inJson;
    private int _at;
    private int _depth;

    private RegexGrammar(string pattern, bool inJson) => (_pattern, _inJson) = (pattern, inJson);

    /// <returns>A grammar in GBNF.</returns>
    /// <exception cref="GrammarException">The expression cannot be kept.</exception>
    public static string Write(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return $"root ::= {new RegexGrammar(pattern, inJson: false).Read()}\n";
    }

    /// <summary>The same for the inside of a JSON text, without characters that JSON would escape.</summary>
    /// <returns>Alternatives in GBNF.</returns>
    public static string WriteJson(string pattern) => new RegexGrammar(pattern, inJson: true).Read();

    private string Read()
    {
        if (Next == '^') _at++;
        else if (_inJson) throw Error("does not begin with ^, so it may match within a text. Write ^...$");
        var alternatives = ReadAlternatives();
        if (Next == '$') _at++;
        else if (_inJson) throw Error("does not end with $, so it may match within a text. Write ^...$");
        return _at == _pattern.Length ? alternatives : throw Error($"has an unexpected '{_pattern[_at]}'");
    }

    private char Next => _at < _pattern.Length ? _pattern[_at] : '\0';

    private string ReadAlternatives()
    {
        var alternatives = new StringBuilder(ReadSequence());
        while (Next == '|')
        {
            _at++;
            alternatives.Append(" | ").Append(ReadSequence());
        }
        return alternatives.ToString();
    }

    private string ReadSequence()
    {
        var items = new List<string>();
        while (_at < _pattern.Length && Next is not ('|' or ')') && !(Next == '$' && _at == _pattern.Length - 1))
            items.Add(ReadItem() + ReadRepetition());
        return items.Count == 0 ? "\"\"" : string.Join(' ', items);
    }

    private string ReadItem()
    {
        switch (Next)
        {
            case '(':
                return ReadGroup();
            case '[':
                return ReadClass();
            case '.':
                _at++;
                return Class("\\n\\r", isNegated: true);
            case '^' or '$':
                throw Error($"has '{Next}' within it; anchors stand at the ends");
            case '*' or '+' or '?' or '{':
                throw Error($"has '{Next}' with nothing before it to repeat");
            case '\\':
                return ReadEscape();
            default:
                return Class(ReadRune(), isNegated: false);
        }
    }

    private string ReadGroup()
    {
        _at++;
        if (++_depth > DeepestNesting) throw Error($"has more than {DeepestNesting} groups within each other");
        if (Next == '?')
        {
            if (!_pattern.AsSpan(_at).StartsWith("?:")) throw Error("has a group (?...) other than (?:...)");
            _at += 2;
        }
        var alternatives = ReadAlternatives();
        if (Next != ')') throw Error("has a group without a closing bracket");
        _at++;
        _depth--;
        return $"({alternatives})";
    }

    private string ReadClass()
    {
        _at++;
        var isNegated = Next == '^';
        if (isNegated) _at++;
        var inside = new StringBuilder();
        for (var first = true; Next != ']' || first; first = false)
        {
            if (_at >= _pattern.Length) throw Error("has a class without a closing bracket");
            if (Next == '\\') inside.Append(ReadClassEscape());
            else if (Next == '-' && !first && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']') { inside.Append('-'); _at++; }
            else inside.Append(ReadRune());
        }
        _at++;
        return Class(inside.ToString(), isNegated);
    }

    private string ReadEscape()
    {
        var kind = _at + 1 < _pattern.Length ? _pattern[_at + 1] : throw Error("ends in a backslash");
        switch (kind)
        {
            case 'D' or 'W' or 'S':
                _at += 2;
                return Class(kind == 'D' ? Digits : kind == 'W' ? Words : Blanks, isNegated: true);
            default:
                return Class(ReadClassEscape(), isNegated: false);
        }
    }

    private string ReadClassEscape()
    {
        var kind = _at + 1 < _pattern.Length ? _pattern[_at + 1] : throw Error("ends in a backslash");
        _at += 2;
        return kind switch
        {
            'd' => Digits,
            'w' => Words,
            's' => Blanks,
            'n' or 'r' or 't' => $"\\{kind}",
            'x' or 'u' => ReadHex(kind == 'x' ? 2 : 4),
            _ when char.IsAsciiLetterOrDigit(kind) => throw Error($"has '\\{kind}', which a grammar cannot keep"),
            _ => Escaped(new Rune(kind)),
        };
    }

    private string ReadHex(int digits)
    {
        if (_at + digits > _pattern.Length || !int.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.HexNumber, null, out var value)
            || !Rune.TryCreate(value, out var rune))
        {
            throw Error($"has an escape without {digits} hexadecimal digits of a character");
        }
        _at += digits;
        return Escaped(rune);
    }

    private string ReadRepetition()
    {
        var start = _at;
        if (Next is '*' or '+' or '?') _at++;
        else if (Next == '{') _at = _pattern.IndexOf('}', _at) is var end and > 0 ? end + 1 : throw Error("has a '{' without a '}'");
        if (_at > start && Next is '?' or '+' && _at > start) throw Error($"has a lazy or possessive mark, '{Next}'");
        var written = _pattern[start.._at];
        if (written.StartsWith('{') && !written.AsSpan(1, written.Length - 2).ContainsAnyInRange('0', '9'))
            throw Error($"has '{written}'; a repetition is written {{3}}, {{3,}} or {{3,5}}");
        return written;
    }

    private string ReadRune()
    {
        if (!Rune.TryGetRuneAt(_pattern, _at, out var rune)) throw Error("has half of a surrogate pair");
        _at += rune.Utf16SequenceLength;
        return Escaped(rune);
    }

    /// <summary>A class in GBNF; within JSON it leaves out what JSON would escape.</summary>
    private string Class(string inside, bool isNegated)
    {
        if (!_inJson) return isNegated ? $"[^{inside}]" : $"[{inside}]";
        if (isNegated) return $"[^{inside}\"\\\\\\x00-\\x1f]";
        return inside.Contains("\\\"", StringComparison.Ordinal) || inside.Contains("\\\\", StringComparison.Ordinal)
            || inside.Contains("\\n", StringComparison.Ordinal)
            ? throw Error("has a quote, a backslash or a line break, which JSON writes otherwise. Leave them out")
            : $"[{inside}]";
    }

    private static string Escaped(Rune rune) => rune.Value switch
    {
        '\\' or '"' or '[' or ']' or '-' or '^' => $"\\{rune}",
        < ' ' => $"\\x{rune.Value:x2}",
        _ => rune.ToString(),
    };

    private GrammarException Error(string what) =>
        new($"The regular expression '{Shortened.Of(_pattern)}' {what} (at character {_at + 1}).");
}
