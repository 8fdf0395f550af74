using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Reads expressions; each method reads one level of precedence, the loosest first, as Jinja 3 does.</summary>
internal sealed class ExpressionParser(TokenStream tokens)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    /// <summary>An expression, or several with commas between them, which are a tuple.</summary>
    public Expression ParseTuple()
    {
        var first = Parse();
        if (!tokens.IsSymbol(",")) return first;
        var items = new List<Expression> { first };
        while (tokens.TakeSymbol(",") && StartsExpression()) items.Add(Parse());
        return new TupleExpression(first.Line, items);
    }

    /// <summary>One expression.</summary>
    /// <param name="withCondition">Whether an <c>if</c> after it belongs to it.</param>
    public Expression Parse(bool withCondition = true)
    {
        Nesting.Check(tokens.Current.Line);
        var value = ParseOr();
        while (withCondition && tokens.IsName("if"))
        {
            var line = tokens.Take().Line;
            var condition = ParseOr();
            value = new ConditionalExpression(line, condition, value, tokens.TakeName("else") ? Parse() : null);
        }

        return value;
    }

    /// <summary>The arguments of a call, with the brackets.</summary>
    public CallArguments ParseArguments()
    {
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        tokens.ExpectSymbol("(");
        while (!tokens.IsSymbol(")"))
        {
            if (tokens.IsSymbol("*") || tokens.IsSymbol("**"))
                throw new ChatTemplateException(tokens.Current.Line, "arguments with * are not supported. Write them out.");
            if (tokens.Current.Kind == TokenKind.Name && tokens.Following is { Kind: TokenKind.Symbol, Text: "=" })
            {
                var name = tokens.Take();
                tokens.Take();
                if (named.Exists(pair => pair.Item1 == name.Text))
                    throw new ChatTemplateException(name.Line, $"the argument '{Shortened.Of(name.Text)}' is given twice. Remove one.");
                named.Add((name.Text, Parse()));
            }
            else
            {
                if (named.Count > 0)
                    throw new ChatTemplateException(
                        tokens.Current.Line, "an argument without a name follows one with a name. Put it first.");
                positional.Add(Parse());
            }

            if (!tokens.TakeSymbol(",")) break;
        }

        tokens.ExpectSymbol(")");
        return new CallArguments(positional, named);
    }

    /// <summary>Filters, as after a bar: <c>upper | trim</c>, put on a value.</summary>
    public Expression ParseFilters(Expression value)
    {
        do value = ParseFilter(value);
        while (tokens.TakeSymbol("|"));
        return value;
    }

    private bool StartsExpression() => tokens.Current.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float
        || tokens.IsSymbol("(") || tokens.IsSymbol("[") || tokens.IsSymbol("{") || tokens.IsSymbol("-") || tokens.IsSymbol("+");

    private Expression ParseOr() => ParseWordOperator("or", ParseAnd);

    private Expression ParseAnd() => ParseWordOperator("and", ParseNot);

    private Expression ParseWordOperator(string word, Func<Expression> next)
    {
        var left = next();
        while (tokens.IsName(word)) left = new BinaryExpression(tokens.Take().Line, word, left, next());
        return left;
    }

    private Expression ParseNot()
    {
        if (!tokens.IsName("not")) return ParseComparison();
        Nesting.Check(tokens.Current.Line);
        return new UnaryExpression(tokens.Take().Line, "not", ParseNot());
    }

    private Expression ParseComparison()
    {
        var first = ParseSum();
        var rest = new List<(string, Expression)>();
        while (TakeComparison() is { } symbol) rest.Add((symbol, ParseSum()));
        return rest.Count == 0 ? first : new ComparisonExpression(first.Line, first, rest);
    }

    private string? TakeComparison()
    {
        if (tokens.Current.Kind == TokenKind.Symbol && Comparisons.Contains(tokens.Current.Text)) return tokens.Take().Text;
        if (tokens.TakeName("in")) return "in";
        if (!tokens.IsName("not") || tokens.Following is not { Kind: TokenKind.Name, Text: "in" }) return null;
        tokens.Take();
        tokens.Take();
        return "not in";
    }

    private Expression ParseSum() => ParseSymbolOperator(ParseConcatenation, "+", "-");

    private Expression ParseConcatenation() => ParseSymbolOperator(ParseProduct, "~");

    private Expression ParseProduct() => ParseSymbolOperator(ParsePower, "*", "/", "//", "%");

    private Expression ParsePower() => ParseSymbolOperator(() => ParseUnary(withFilters: true), "**");

    private Expression ParseSymbolOperator(Func<Expression> next, params ReadOnlySpan<string> symbols)
    {
        var left = next();
        while (tokens.Current.Kind == TokenKind.Symbol && symbols.Contains(tokens.Current.Text))
        {
            var symbol = tokens.Take();
            left = new BinaryExpression(symbol.Line, symbol.Text, left, next());
        }

        return left;
    }

    private Expression ParseUnary(bool withFilters)
    {
        Nesting.Check(tokens.Current.Line);
        var value = tokens.IsSymbol("-") || tokens.IsSymbol("+")
            ? new UnaryExpression(tokens.Current.Line, tokens.Take().Text, ParseUnary(withFilters: false))
            : ParsePrimary();
        value = ParsePostfix(value);
        return withFilters ? ParseFiltersAndTests(value) : value;
    }

    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            if (tokens.IsSymbol("(")) value = new CallExpression(tokens.Current.Line, value, ParseArguments());
            else if (tokens.TakeSymbol(".")) value = ParseAttribute(value);
            else if (tokens.TakeSymbol("[")) value = ParseSubscript(value);
            else return value;
        }
    }

    private Expression ParseAttribute(Expression target)
    {
        var token = tokens.Take();
        return token.Kind switch
        {
            TokenKind.Name => new AttributeExpression(token.Line, target, token.Text),
            TokenKind.Integer => new ItemExpression(token.Line, target, ParseInteger(token)),
            _ => throw new ChatTemplateException(token.Line, $"found {token} where a name must stand."),
        };
    }

    private Expression ParseSubscript(Expression target)
    {
        var line = tokens.Current.Line;
        var start = tokens.IsSymbol(":") ? null : ParseTuple();
        if (start is not null && tokens.TakeSymbol("]")) return new ItemExpression(line, target, start);
        tokens.ExpectSymbol(":");
        var stop = tokens.IsSymbol(":") || tokens.IsSymbol("]") ? null : Parse();
        var step = tokens.TakeSymbol(":") && !tokens.IsSymbol("]") ? Parse() : null;
        tokens.ExpectSymbol("]");
        return new SliceExpression(line, target, start, stop, step);
    }

    private Expression ParseFiltersAndTests(Expression value)
    {
        while (true)
        {
            if (tokens.TakeSymbol("|")) value = ParseFilter(value);
            else if (tokens.TakeName("is")) value = ParseTest(value);
            else if (tokens.IsSymbol("(")) value = new CallExpression(tokens.Current.Line, value, ParseArguments());
            else return value;
        }
    }

    private FilterExpression ParseFilter(Expression value)
    {
        var line = tokens.Current.Line;
        var name = tokens.ExpectName();
        return new FilterExpression(line, value, name, tokens.IsSymbol("(") ? ParseArguments() : CallArguments.None);
    }

    private Expression ParseTest(Expression value)
    {
        var line = tokens.Current.Line;
        var negated = tokens.TakeName("not");
        var name = tokens.ExpectName();
        Expression test = new TestExpression(line, value, name, ParseTestArguments());
        return negated ? new UnaryExpression(line, "not", test) : test;
    }

    // A test takes its one argument without brackets too: x is divisibleby 3.
    private CallArguments ParseTestArguments()
    {
        if (tokens.IsSymbol("(")) return ParseArguments();
        var follows = tokens.Current.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Float
            || tokens.IsSymbol("[") || tokens.IsSymbol("{")
            || (tokens.Current.Kind == TokenKind.Name
                && tokens.Current.Text is not ("else" or "or" or "and" or "if" or "is" or "not" or "in"));
        return follows ? new CallArguments([ParsePostfix(ParsePrimary())], []) : CallArguments.None;
    }

    private Expression ParsePrimary()
    {
        var token = tokens.Take();
        return (token.Kind, token.Text) switch
        {
            (TokenKind.Name, _) => ParseName(token),
            (TokenKind.String, _) => ParseString(token),
            (TokenKind.Integer, _) => ParseInteger(token),
            (TokenKind.Float, _) => new Literal(
                token.Line, double.Parse(token.Text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)),
            (TokenKind.Symbol, "(") => ParseBrackets(token.Line),
            (TokenKind.Symbol, "[") => new ListExpression(token.Line, ParseItems("]", () => Parse())),
            (TokenKind.Symbol, "{") => new MappingExpression(token.Line, ParseItems("}", ParseEntry)),
            _ => throw new ChatTemplateException(token.Line, $"found {token} where a value must stand."),
        };
    }

    private static Expression ParseName(Token token) => token.Text switch
    {
        "true" or "True" => new Literal(token.Line, true),
        "false" or "False" => new Literal(token.Line, false),
        "none" or "None" => new Literal(token.Line, null),
        "and" or "or" or "not" or "in" or "is" or "if" or "else" =>
            throw new ChatTemplateException(token.Line, $"found {token} where a value must stand."),
        _ => new NameExpression(token.Line, token.Text),
    };

    // Strings that stand next to each other are one.
    private Literal ParseString(Token token)
    {
        if (tokens.Current.Kind != TokenKind.String) return new Literal(token.Line, token.Text);
        var text = new StringBuilder(token.Text);
        while (tokens.Current.Kind == TokenKind.String) text.Append(tokens.Take().Text);
        return new Literal(token.Line, text.ToString());
    }

    private static Literal ParseInteger(Token token)
    {
        const int MostDigits = 4_000;
        if (token.Text.Length > MostDigits)
            throw new ChatTemplateException(
                token.Line, $"the number {Shortened.Of(token.Text)} is too large. It may have {MostDigits} digits.");
        var value = BigInteger.Parse(token.Text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return new Literal(token.Line, Numbers.Smallest(value));
    }

    private Expression ParseBrackets(int line)
    {
        if (tokens.TakeSymbol(")")) return new TupleExpression(line, []);
        var value = ParseTuple();
        tokens.ExpectSymbol(")");
        return value;
    }

    private (Expression Key, Expression Value) ParseEntry()
    {
        var key = Parse();
        tokens.ExpectSymbol(":");
        return (key, Parse());
    }

    private List<T> ParseItems<T>(string close, Func<T> parse)
    {
        var items = new List<T>();
        while (!tokens.IsSymbol(close))
        {
            items.Add(parse());
            if (!tokens.TakeSymbol(",")) break;
        }

        tokens.ExpectSymbol(close);
        return items;
    }
}
