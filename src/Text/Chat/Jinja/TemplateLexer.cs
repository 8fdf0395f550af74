namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>
/// Splits a template into text and the tokens of its tags, with the white space as transformers sets it: the newline after a
/// statement and the spaces before one on its line are dropped (trim_blocks, lstrip_blocks); a minus in a tag drops all of it.
/// </summary>
internal sealed class TemplateLexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;

    private TemplateLexer(string source) => _source = source;

    /// <summary>All tokens; the last is <see cref="TokenKind.End"/>.</summary>
    public static IReadOnlyList<Token> Read(string template)
    {
        var source = template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new TemplateLexer(source.EndsWith('\n') ? source[..^1] : source);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (_at < _source.Length)
        {
            var tag = NextTag(_at);
            ReadText(tag);
            if (tag == _source.Length) break;
            if (_source[tag + 1] == '#') SkipComment();
            else if (_source[tag + 1] == '{') ReadTag(TokenKind.OutputStart, TokenKind.OutputEnd, "}}");
            else if (!TryReadRaw()) ReadTag(TokenKind.StatementStart, TokenKind.StatementEnd, "%}");
        }

        Emit(TokenKind.End, "");
    }

    private int NextTag(int from)
    {
        for (var at = _source.IndexOf('{', from); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#') return at;
        }

        return _source.Length;
    }

    private void ReadText(int tag)
    {
        var text = _source.AsSpan(_at, tag - _at);
        var line = _line;
        MoveTo(tag);
        if (tag < _source.Length) text = TrimBefore(text, tag);
        if (text.Length > 0) _tokens.Add(new Token(TokenKind.Text, text.ToString(), line));
    }

    private ReadOnlySpan<char> TrimBefore(ReadOnlySpan<char> text, int tag)
    {
        var sign = tag + 2 < _source.Length ? _source[tag + 2] : ' ';
        if (sign == '-') return text.TrimEnd();
        if (sign == '+' || _source[tag + 1] == '{') return text;
        var lineStart = text.LastIndexOf('\n') + 1;
        // Text that doesn't start its line continues what a tag before it wrote there.
        var startsLine = lineStart > 0 || tag == text.Length || _source[tag - text.Length - 1] == '\n';
        return startsLine && text[lineStart..].IsWhiteSpace() ? text[..lineStart] : text;
    }

    private void SkipComment()
    {
        var end = _source.IndexOf("#}", _at + 2, StringComparison.Ordinal);
        if (end < 0) throw new ChatTemplateException(_line, "the comment that starts here has no end. Close it with #}.");
        FinishTag(end, trimNewline: true);
    }

    // Moves behind a tag's closing characters at end and drops the white space that the tag's sign asks for.
    private void FinishTag(int end, bool trimNewline)
    {
        var sign = _source[end - 1];
        MoveTo(end + 2);
        var next = _at;
        if (sign == '-')
        {
            while (next < _source.Length && char.IsWhiteSpace(_source[next])) next++;
        }
        else if (trimNewline && sign != '+' && next < _source.Length && _source[next] == '\n')
        {
            next++;
        }

        MoveTo(next);
    }

    private void ReadTag(TokenKind start, TokenKind endKind, string close)
    {
        var line = _line;
        Emit(start, "");
        MoveTo(_at + 2);
        if (_at < _source.Length && _source[_at] is '-' or '+') MoveTo(_at + 1);
        var scanner = new TagScanner(_source, _tokens);
        var end = scanner.Scan(_at, _line, close);
        if (end < 0) throw new ChatTemplateException(line, $"the tag that starts here has no end. Close it with {close}.");
        MoveTo(end);
        Emit(endKind, "");
        FinishTag(end, trimNewline: endKind == TokenKind.StatementEnd);
    }

    private bool TryReadRaw()
    {
        if (ClosingOf(_at, "raw") is not { } open) return false;
        var line = _line;
        FinishTag(open, trimNewline: false);
        for (var at = _source.IndexOf("{%", _at, StringComparison.Ordinal); at >= 0; at = _source.IndexOf("{%", at + 2,
            StringComparison.Ordinal))
        {
            if (_source.IndexOf("%}", at + 2, StringComparison.Ordinal) < 0) break;   // else each further tag would look to the end again
            if (ClosingOf(at, "endraw") is not { } end) continue;
            ReadText(at);
            FinishTag(end, trimNewline: true);
            return true;
        }

        throw new ChatTemplateException(line, "the raw block that starts here has no end. Close it with {% endraw %}.");
    }

    // Where the %} of a tag stands that says nothing but this word; null where the tag is another.
    private int? ClosingOf(int tag, string word)
    {
        var close = _source.IndexOf("%}", tag + 2, StringComparison.Ordinal);
        return close >= 0 && _source.AsSpan(tag + 2, close - tag - 2).Trim("-+ \t\n").SequenceEqual(word) ? close : null;
    }

    private void Emit(TokenKind kind, string text) => _tokens.Add(new Token(kind, text, _line));

    private void MoveTo(int place)
    {
        _line += _source.AsSpan(_at, place - _at).Count('\n');
        _at = place;
    }
}
