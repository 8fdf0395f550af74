namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>The kinds of token in a template.</summary>
internal enum TokenKind
{
    /// <summary>Text outside of tags.</summary>
    Text,

    /// <summary>{{</summary>
    OutputStart,

    /// <summary>}}</summary>
    OutputEnd,

    /// <summary>{%</summary>
    StatementStart,

    /// <summary>%}</summary>
    StatementEnd,

    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A string without its quotes.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>An operator, bracket or comma.</summary>
    Symbol,

    /// <summary>After the last one.</summary>
    End,
}

/// <summary>A token of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says; for a string what it stands for.</param>
/// <param name="Line">Where it starts, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    /// <summary>The token as an error message shows it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.Text => "text",
        TokenKind.StatementEnd => "'%}'",
        TokenKind.OutputEnd => "'}}'",
        TokenKind.String => $"the string '{Shortened.Of(Text)}'",
        _ => $"'{Shortened.Of(Text)}'",
    };
}
