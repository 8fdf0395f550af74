using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Reads the tokens inside one tag.</summary>
internal sealed class TagScanner(string source, List<Token> tokens)
{
    private static readonly string[] TwoCharacterSymbols = ["==", "!=", "<=", ">=", "//", "**"];
    private int _at;
    private int _line;

    /// <summary>Reads from <paramref name="start"/> to the tag's closing characters.</summary>
    /// <returns>Where these stand; -1 where the template ends before.</returns>
    public int Scan(int start, int line, string close)
    {
        (_at, _line) = (start, line);
        var open = 0;
        while (_at < source.Length)
        {
            var rest = source.AsSpan(_at);
            if (open == 0 && rest.StartsWith(close)) return _at;
            if (open == 0 && rest[0] is '-' or '+' && rest[1..].StartsWith(close)) return _at + 1;
            if (rest[0] is '(' or '[' or '{') open++;
            if (rest[0] is ')' or ']' or '}') open--;
            if (open < 0) throw Error($"'{rest[0]}' closes nothing. Remove it or open it before.");
            ScanOne(rest[0]);
        }

        return -1;
    }

    private void ScanOne(char c)
    {
        if (char.IsWhiteSpace(c)) Skip();
        else if (c is '\'' or '"') ScanString(c);
        else if (char.IsAsciiDigit(c)) ScanNumber();
        else if (c == '_' || char.IsLetter(c)) Add(TokenKind.Name, RunLength(x => x == '_' || char.IsLetterOrDigit(x)));
        else ScanSymbol(c);
    }

    private void Skip()
    {
        if (source[_at] == '\n') _line++;
        _at++;
    }

    private void ScanSymbol(char c)
    {
        var length = TwoCharacterSymbols.Any(symbol => source.AsSpan(_at).StartsWith(symbol)) ? 2 : 1;
        if (length == 1 && !"()[]{}.,:|~+-*/%=<>".Contains(c, StringComparison.Ordinal))
            throw Error($"'{c}' means nothing here. Remove it or put it in quotes.");
        Add(TokenKind.Symbol, length);
    }

    private void ScanNumber()
    {
        var digits = RunLength(c => char.IsAsciiDigit(c) || c == '_');
        var length = digits;
        if (IsDigitAt(_at + length + 1) && source[_at + length] == '.') length += 1 + RunLength(char.IsAsciiDigit, length + 1);
        if (_at + length < source.Length && source[_at + length] is 'e' or 'E')
        {
            var sign = _at + length + 1 < source.Length && source[_at + length + 1] is '-' or '+' ? 1 : 0;
            if (IsDigitAt(_at + length + 1 + sign)) length += 1 + sign + RunLength(char.IsAsciiDigit, length + 1 + sign);
        }

        Add(length == digits ? TokenKind.Integer : TokenKind.Float, length);
    }

    private bool IsDigitAt(int place) => place < source.Length && char.IsAsciiDigit(source[place]);

    private int RunLength(Func<char, bool> belongs, int skip = 0)
    {
        var end = _at + skip;
        while (end < source.Length && belongs(source[end])) end++;
        return end - _at - skip;
    }

    private void Add(TokenKind kind, int length)
    {
        tokens.Add(new Token(kind, source.Substring(_at, length), _line));
        _at += length;
    }

    private void ScanString(char quote)
    {
        var line = _line;
        var text = new StringBuilder();
        for (_at++; _at < source.Length && source[_at] != quote;)
        {
            if (source[_at] == '\\' && _at + 1 < source.Length) ScanEscape(text);
            else
            {
                text.Append(source[_at]);
                Skip();
            }
        }

        if (_at == source.Length) throw new ChatTemplateException(line, $"the string that starts here has no end. Close it with {quote}.");
        _at++;
        tokens.Add(new Token(TokenKind.String, text.ToString(), line));
    }

    private void ScanEscape(StringBuilder text)
    {
        var c = source[_at + 1];
        _at += 2;
        switch (c)
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'v': text.Append('\v'); break;
            case 'a': text.Append('\a'); break;
            case '0': text.Append('\0'); break;
            case '\\' or '\'' or '"': text.Append(c); break;
            case '\n': _line++; break;
            case 'x': AppendCodePoint(text, 2); break;
            case 'u': AppendCodePoint(text, 4); break;
            case 'U': AppendCodePoint(text, 8); break;
            default: text.Append('\\').Append(c); break;
        }
    }

    private void AppendCodePoint(StringBuilder text, int digits)
    {
        var hex = source.AsSpan(_at, Math.Min(digits, source.Length - _at));
        if (hex.Length < digits
            || !uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || point > 0x10FFFF)
            throw Error($"'\\{source[_at - 1]}{hex}' is not an escape; {digits} hexadecimal digits must follow.");
        if (point < 0x10000) text.Append((char)point);
        else text.Append(char.ConvertFromUtf32((int)point));
        _at += digits;
    }

    private ChatTemplateException Error(string message) => new(_line, message);
}
