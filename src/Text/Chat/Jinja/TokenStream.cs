namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>The tokens of a template, read one after another.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens)
{
    private int _at;

    /// <summary>The token that is next.</summary>
    public Token Current => tokens[_at];

    /// <summary>The token behind the next one.</summary>
    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>Takes the next token.</summary>
    public Token Take()
    {
        var token = Current;
        if (_at < tokens.Count - 1) _at++;
        return token;
    }

    /// <summary>Whether the next token is this symbol.</summary>
    public bool IsSymbol(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    /// <summary>Whether the next token is this word.</summary>
    public bool IsName(string name) => Current.Kind == TokenKind.Name && Current.Text == name;

    /// <summary>Takes the next token if it is this symbol.</summary>
    public bool TakeSymbol(string symbol)
    {
        if (!IsSymbol(symbol)) return false;
        Take();
        return true;
    }

    /// <summary>Takes the next token if it is this word.</summary>
    public bool TakeName(string name)
    {
        if (!IsName(name)) return false;
        Take();
        return true;
    }

    /// <summary>Takes a symbol that must come.</summary>
    public void ExpectSymbol(string symbol)
    {
        if (!TakeSymbol(symbol)) throw Unexpected($"'{symbol}'");
    }

    /// <summary>Takes a word that must come.</summary>
    public void ExpectName(string name)
    {
        if (!TakeName(name)) throw Unexpected($"'{name}'");
    }

    /// <summary>Takes a name that must come, whatever it is.</summary>
    public string ExpectName() => Current.Kind == TokenKind.Name ? Take().Text : throw Unexpected("a name");

    /// <summary>Takes a token of a kind that must come.</summary>
    public void Expect(TokenKind kind, string wanted)
    {
        if (Current.Kind != kind) throw Unexpected(wanted);
        Take();
    }

    /// <summary>A complaint about the next token.</summary>
    public ChatTemplateException Unexpected(string wanted) => new(Current.Line, $"found {Current} where {wanted} must stand.");
}
