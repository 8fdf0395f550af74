using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>
/// Rewrites a regular expression of Oniguruma, the dialect of tokenizer.json, for .NET. What the two read alike stays; what .NET would read
/// otherwise is translated; what it lacks is refused.
/// </summary>
/// <remarks>The dialect is Oniguruma's Ruby syntax, in which ^ and $ always mean lines: doc/RE in its sources. Tests ask it
/// itself.</remarks>
internal sealed partial class RegexNotation
{
    private const int DeepestNesting = 200;     // more would be a trap for the stack

    private readonly string _pattern;
    private int _at;
    private int _depth;
    private bool _ignoreCase;
    private bool _dotTakesLineBreaks;
    private readonly List<(char First, char Last)> _mentioned = [];
    private char _lastLiteral;                  // the character just written, where case is ignored

    private RegexNotation(string pattern) => _pattern = pattern;

    private bool AtEnd => _at == _pattern.Length;

    /// <summary>The expression in .NET's notation.</summary>
    /// <param name="pattern">In Oniguruma's.</param>
    /// <param name="mentioned">The characters that it names, one by one or as ranges.</param>
    /// <exception cref="ArgumentException">It is broken, or has a part that .NET has no equal for; the message names the part.</exception>
    public static string ToDotNet(string pattern, out IReadOnlyList<(char First, char Last)> mentioned)
    {
        var notation = new RegexNotation(pattern);
        var result = notation.Alternatives();
        mentioned = notation._mentioned;
        return notation.AtEnd ? result : throw new ArgumentException($"a ')' too many at character {notation._at + 1}.");
    }

    private static ArgumentException NotSupported(string part, string advice) => new($"{part} is not supported. {advice}");

    private bool Accept(string text)
    {
        if (string.CompareOrdinal(_pattern, _at, text, 0, text.Length) != 0) return false;
        _at += text.Length;
        return true;
    }

    private char Take() => AtEnd ? throw new ArgumentException("the expression ends too early.") : _pattern[_at++];

    private string TakeUntil(char end)
    {
        var close = _pattern.IndexOf(end, _at);
        if (close < 0) throw new ArgumentException($"a '{end}' is missing.");
        var text = _pattern[_at..close];
        _at = close + 1;
        return text;
    }

    // Up to the end of the group, or of the pattern.
    private string Alternatives()
    {
        if (++_depth > DeepestNesting) throw new ArgumentException($"groups are nested more than {DeepestNesting} deep.");
        var result = new StringBuilder();
        while (!AtEnd && _pattern[_at] != ')')
        {
            if (Accept("|"))
            {
                result.Append('|');
                _lastLiteral = '\0';
            }
            else
            {
                result.Append(Quantified());
            }
        }

        _depth--;
        return result.ToString();
    }

    private string Quantified()
    {
        var result = Atom();
        while (!AtEnd)
        {
            var next = Quantifier(result);
            if (next is null) return result;
            _lastLiteral = '\0';
            result = next;
        }

        return result;
    }

    /// <summary>The atom with the quantifier that follows it; null where none does.</summary>
    private string? Quantifier(string atom)
    {
        if (_pattern[_at] is '*' or '+' or '?')
        {
            var sign = Take();
            if (Accept("+")) return $"(?>{atom}{sign})";            // possessive: never gives back what it took
            return Accept("?") ? $"(?:{atom}{sign}?)" : $"(?:{atom}{sign})";
        }

        if (Interval() is not { } interval) return null;
        // In this dialect a plus behind braces repeats them, and a question mark behind {n} makes it optional.
        if (Accept("+")) return $"(?:(?:{atom}{interval})+)";
        if (!Accept("?")) return $"(?:{atom}{interval})";
        return interval.Contains(',') ? $"(?:{atom}{interval}?)" : $"(?:(?:{atom}{interval})??)";
    }

    // {n} {n,} {n,m} {,m}; other braces are characters.
    private string? Interval()
    {
        var match = Braces().Match(_pattern, _at);
        if (!match.Success) return null;
        _at += match.Length;
        var (least, most) = (match.Groups[1].Value, match.Groups[3].Value);
        if (least.Length > 6 || most.Length > 6) throw new ArgumentException($"{match.Value} repeats too often.");
        if (least.Length == 0) least = "0";
        if (most.Length > 0 && int.Parse(most, CultureInfo.InvariantCulture) < int.Parse(least, CultureInfo.InvariantCulture))
            throw NotSupported(match.Value, "Write the smaller number first.");
        return match.Groups[2].Length == 0 ? $"{{{least}}}" : $"{{{least},{most}}}";
    }

    [GeneratedRegex(@"\G\{(?=[0-9]|,[0-9])([0-9]*)(,?)([0-9]*)\}")]
    private static partial Regex Braces();

    private string Atom()
    {
        var c = Take();
        switch (c)
        {
            case '[': return CharacterSet().Fragment;
            case '(': return Group();
            case '\\': return Escape();
            case '.': return _dotTakesLineBreaks ? @"[\s\S]" : ".";
            case '^': return @"(?:\A|(?<=\n)(?!\z))";
            case '$': return @"(?=\n|\z)";
            case '*' or '+' or '?': throw new ArgumentException($"nothing stands before the '{c}' at character {_at}.");
            default: return Literal(c);
        }
    }

    private string Literal(char c)
    {
        CheckUnit(c);
        _mentioned.Add((c, c));
        if (!_ignoreCase) return Regex.Escape(c.ToString());
        CheckFold(_lastLiteral, c);
        _lastLiteral = c;
        return c switch
        {
            's' or 'S' or 'ſ' => "[sSſ]",
            'k' or 'K' or '\u212A' => "[kK\u212A]",
            _ => Regex.Escape(c.ToString()),
        };
    }

    // The expression sees a character beyond U+FFFF as a stand-in, so it cannot name one.
    private static void CheckUnit(char c)
    {
        if (char.IsSurrogate(c))
            throw NotSupported("A character beyond U+FFFF", "Write it as a pattern of its own, {\"String\": ...}, or name its category.");
    }

    // Where case is ignored ß is also ss, and ﬁ is also fi: one character becomes two.
    private static void CheckFold(char before, char c)
    {
        if (c is 'ß' or 'ẞ' or 'ŉ' or 'ǰ' or (>= 'ẖ' and <= 'ẚ') or (>= 'ﬀ' and <= 'ﬆ')
            || (char.ToLowerInvariant(before), char.ToLowerInvariant(c)) is ('s', 's' or 't') or ('f', 'f' or 'i' or 'l'))
            throw NotSupported(
                $"'{(before == '\0' ? "" : before.ToString())}{c}' where case is ignored",
                "It also stands for other letters, as ss for ß. Write the cases out.");
    }

    private string Group()
    {
        var (ignoreCase, dotTakesLineBreaks) = (_ignoreCase, _dotTakesLineBreaks);
        _lastLiteral = '\0';
        if (Accept("?#"))
        {
            TakeUntil(')');
            return "";
        }

        var head = GroupHead(out var endsWithOuter);
        var result = head + Alternatives();
        if (!endsWithOuter && !Accept(")")) throw new ArgumentException("a ')' is missing.");
        (_ignoreCase, _dotTakesLineBreaks) = (ignoreCase, dotTakesLineBreaks);
        _lastLiteral = '\0';
        return result + ")";
    }

    private string GroupHead(out bool endsWithOuter)
    {
        endsWithOuter = false;
        if (!AtEnd && _pattern[_at] == '*') throw NotSupported("(*...)", "It calls a program.");
        if (!Accept("?")) return "(";
        foreach (var sign in (string[])[":", "=", "!", ">", "<=", "<!"])
        {
            if (Accept(sign)) return "(?" + sign;
        }

        if (Accept("<")) return $"(?<{Name(TakeUntil('>'))}>";
        if (Accept("'")) return $"(?<{Name(TakeUntil('\''))}>";
        return Options(out endsWithOuter);
    }

    private static string Name(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(name[0])
            ? name
            : throw NotSupported($"A group named '{name}'", "Use letters and digits.");

    // (?i:...), or (?i) for the rest of the group around it, which it makes one group with all its alternatives.
    private string Options(out bool endsWithOuter)
    {
        var on = true;
        var wasIgnoringCase = _ignoreCase;
        for (; ; )
        {
            var c = Take();
            if (c == '-') on = false;
            else if (c == 'i') _ignoreCase = on;
            else if (c == 'm') _dotTakesLineBreaks = on;
            else if (c is ':' or ')')
            {
                endsWithOuter = c == ')';
                return _ignoreCase == wasIgnoringCase ? "(?:" : _ignoreCase ? "(?i:" : "(?-i:";
            }
            else
            {
                throw NotSupported($"(?{c}", "Groups may begin with (?: (?= (?! (?> (?<= (?<! (?<name> (?i (?m.");
            }
        }
    }

    private string Escape()
    {
        var c = Take();
        if (SetOf(c) is { } set) return set.Fragment;
        switch (c)
        {
            case 'A' or 'z' or 'Z': return "\\" + c;
            case 'b': return $"(?:(?<=[{Word}])(?![{Word}])|(?<![{Word}])(?=[{Word}]))";
            case 'B': return $"(?:(?<=[{Word}])(?=[{Word}])|(?<![{Word}])(?![{Word}]))";
            case 'R': return @"(?>\r\n|[\n\v\f\r\u0085\u2028\u2029])";
            case 'N': return @"[^\n]";
            case 'O': return @"[\s\S]";
            case 'k' when Accept("<"): return $@"\k<{Name(TakeUntil('>'))}>";
            case 'k' when Accept("'"): return $@"\k<{Name(TakeUntil('\''))}>";
            case >= '1' and <= '9' when AtEnd || !char.IsAsciiDigit(_pattern[_at]): return $"(?:\\{c})";
            case 'g' or 'k' or 'K' or 'G' or 'X' or 'y' or 'Y': throw NotSupported("\\" + c, ".NET has nothing that means the same.");
            default: return Literal(EscapedCharacter(c));
        }
    }

    /// <summary>The character that an escape names, in a set or outside.</summary>
    private char EscapedCharacter(char c) => c switch
    {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\f',
        'v' => '\v',
        'a' => '\a',
        'e' => '\e',
        'x' when Accept("{") => FromHex(TakeUntil('}')),
        'x' => AsciiFromHex(Digits(2, char.IsAsciiHexDigit)),
        'u' => FromHex(Digits(4, char.IsAsciiHexDigit)),
        >= '0' and <= '9' => FromOctal(c + Digits(2, digit => digit is >= '0' and <= '7')),
        'c' => (char)(Take() & 0x1F),
        'C' when Accept("-") => (char)(Take() & 0x1F),
        'M' or 'o' or 'C' or 'p' or 'P' => throw NotSupported("\\" + c, "Write the character as \\x{...}, or a property as \\p{...}."),
        _ => c,
    };

    private string Digits(int most, Func<char, bool> isDigit)
    {
        var start = _at;
        while (!AtEnd && _at - start < most && isDigit(_pattern[_at])) _at++;
        return _pattern[start.._at];
    }

    private static char FromHex(string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value is >= 0 and <= char.MaxValue
                ? (char)value
                : throw NotSupported($"The character {digits}", "Characters up to U+FFFF can be named.")
            : throw new ArgumentException($"'{digits}' is not a hexadecimal number.");

    // \xC3 is a byte, not a character.
    private static char AsciiFromHex(string digits) => FromHex(digits) is var c && c < 0x80
        ? c
        : throw NotSupported("\\x" + digits, "It names a byte; write the character as \\x{...}.");

    private static char FromOctal(string digits) =>
        digits.All(c => c is >= '0' and <= '7') && Convert.ToInt32(digits, 8) is var value and < 0x80
            ? (char)value
            : throw NotSupported("\\" + digits, "Write a character as \\x{...}; groups above 9 cannot be referred to by number.");
}
