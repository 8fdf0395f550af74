namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Reads a template's statements.</summary>
internal sealed class TemplateParser
{
    private readonly TokenStream _tokens;
    private readonly ExpressionParser _expressions;
    private int _loops;

    private TemplateParser(string template)
    {
        _tokens = new TokenStream(TemplateLexer.Read(template));
        _expressions = new ExpressionParser(_tokens);
    }

    /// <exception cref="ChatTemplateException">The text is not a template.</exception>
    public static IReadOnlyList<Statement> Parse(string template)
    {
        var parser = new TemplateParser(template);
        var body = parser.ParseUntil();
        if (parser._tokens.Current.Kind != TokenKind.End)
            throw new ChatTemplateException(parser._tokens.Current.Line, $"'{Shortened.Of(parser._tokens.Following.Text)}' ends nothing. " +
                "Remove it or open its block before.");
        return body;
    }

    // Reads up to {% end %}, for one of the given words; the tag's start is left to be taken.
    private List<Statement> ParseUntil(params ReadOnlySpan<string> ends)
    {
        Nesting.Check(_tokens.Current.Line);
        var body = new List<Statement>();
        while (_tokens.Current.Kind != TokenKind.End)
        {
            var isStatement = _tokens.Current.Kind == TokenKind.StatementStart;
            if (isStatement
                && _tokens.Following.Kind == TokenKind.Name && (ends.Contains(_tokens.Following.Text) || IsEnd(_tokens.Following.Text)))
                break;
            body.Add(isStatement ? ParseStatement() : ParseOutput());
        }

        return body;
    }

    private static bool IsEnd(string word) => word.StartsWith("end", StringComparison.Ordinal) || word is "else" or "elif";

    private Statement ParseOutput()
    {
        var token = _tokens.Take();
        if (token.Kind == TokenKind.Text) return new TextStatement(token.Line, token.Text);
        var value = _expressions.ParseTuple();
        _tokens.Expect(TokenKind.OutputEnd, "'}}'");
        return new OutputStatement(token.Line, value);
    }

    private Statement ParseStatement()
    {
        _tokens.Take();
        var line = _tokens.Current.Line;
        var word = _tokens.ExpectName();
        return word switch
        {
            "if" => ParseIf(line),
            "for" => ParseFor(line),
            "set" => ParseSet(line),
            "macro" => ParseMacro(line),
            "call" => ParseCall(line),
            "filter" => ParseFilterBlock(line),
            "with" => ParseWith(line),
            "generation" => new BlockStatement(line, [], ParseBody(line, "generation", "endgeneration")),
            "break" => ParseLoopControl(line, word, new BreakStatement(line)),
            "continue" => ParseLoopControl(line, word, new ContinueStatement(line)),
            _ => throw new ChatTemplateException(
                line, $"the statement '{Shortened.Of(word)}' is not supported. " +
                "Known are if, for, set, macro, call, filter, with, raw, generation, break and continue."),
        };
    }

    private void EndTag() => _tokens.Expect(TokenKind.StatementEnd, "'%}'");

    private List<Statement> ParseBody(int line, string word, string end)
    {
        EndTag();
        var body = ParseUntil(end);
        CloseBlock(line, word, end);
        return body;
    }

    private void CloseBlock(int line, string word, string end)
    {
        if (_tokens.Current.Kind == TokenKind.End)
            throw new ChatTemplateException(line, $"the block '{word}' that starts here has no end. Close it with {{% {end} %}}.");
        _tokens.Take();
        _tokens.ExpectName(end);
        if (_tokens.Current.Kind == TokenKind.Name) _tokens.Take(); // {% endmacro name %}
        EndTag();
    }

    private IfStatement ParseIf(int line)
    {
        var condition = _expressions.ParseTuple();
        EndTag();
        var then = ParseUntil("elif", "else", "endif");
        if (_tokens.Current.Kind != TokenKind.End && _tokens.Following.Text == "elif")
        {
            _tokens.Take();
            var nested = _tokens.Take().Line;
            return new IfStatement(line, condition, then, [ParseIf(nested)]);
        }

        var otherwise = ParseElse("endif");
        CloseBlock(line, "if", "endif");
        return new IfStatement(line, condition, then, otherwise);
    }

    private List<Statement> ParseElse(string end)
    {
        if (_tokens.Current.Kind == TokenKind.End || _tokens.Following.Text != "else") return [];
        _tokens.Take();
        _tokens.Take();
        EndTag();
        return ParseUntil(end);
    }

    private ForStatement ParseFor(int line)
    {
        var target = ParseTarget();
        _tokens.ExpectName("in");
        var items = ParseForItems();
        var filter = _tokens.TakeName("if") ? _expressions.Parse() : null;
        if (_tokens.IsName("recursive"))
            throw new ChatTemplateException(line, "recursive loops are not supported. Use a macro that calls itself.");
        EndTag();
        _loops++;
        var body = ParseUntil("else", "endfor");
        _loops--;
        var otherwise = ParseElse("endfor");
        CloseBlock(line, "for", "endfor");
        return new ForStatement(line, target, items, filter, body, otherwise);
    }

    private Expression ParseForItems()
    {
        var first = _expressions.Parse(withCondition: false);
        if (!_tokens.IsSymbol(",")) return first;
        var items = new List<Expression> { first };
        while (_tokens.TakeSymbol(",")) items.Add(_expressions.Parse(withCondition: false));
        return new TupleExpression(first.Line, items);
    }

    private Target ParseTarget()
    {
        var line = _tokens.Current.Line;
        Nesting.Check(line);
        var targets = new List<Target>();
        var isTuple = false;
        do
        {
            targets.Add(ParseSingleTarget());
            if (!_tokens.TakeSymbol(",")) break;
            isTuple = true;
        }
        while (_tokens.Current.Kind == TokenKind.Name && !_tokens.IsName("in") || _tokens.IsSymbol("("));

        return isTuple ? new TupleTarget(line, targets) : targets[0];
    }

    private Target ParseSingleTarget()
    {
        var line = _tokens.Current.Line;
        if (_tokens.TakeSymbol("("))
        {
            var inner = ParseTarget();
            _tokens.ExpectSymbol(")");
            return inner;
        }

        var name = _tokens.ExpectName();
        return _tokens.TakeSymbol(".") ? new AttributeTarget(line, name, _tokens.ExpectName()) : new NameTarget(line, name);
    }

    private Statement ParseSet(int line)
    {
        var target = ParseTarget();
        if (_tokens.TakeSymbol("="))
        {
            var value = _expressions.ParseTuple();
            EndTag();
            return new SetStatement(line, target, value);
        }

        var filter = _tokens.TakeSymbol("|") ? _expressions.ParseFilters(BlockText(line)) : null;
        var body = ParseBody(line, "set", "endset");
        return new SetBlockStatement(line, target, filter is null ? body : [new FilterBlockStatement(line, filter, body)]);
    }

    private MacroStatement ParseMacro(int line)
    {
        var name = _tokens.ExpectName();
        var parameters = ParseParameters();
        return new MacroStatement(line, name, parameters, ParseMacroBody(line, "macro", "endmacro"));
    }

    private List<Statement> ParseMacroBody(int line, string word, string end)
    {
        var loops = _loops;
        _loops = 0;
        var body = ParseBody(line, word, end);
        _loops = loops;
        return body;
    }

    private List<(string Name, Expression? Default)> ParseParameters()
    {
        var parameters = new List<(string, Expression?)>();
        _tokens.ExpectSymbol("(");
        while (!_tokens.IsSymbol(")"))
        {
            var name = _tokens.ExpectName();
            parameters.Add((name, _tokens.TakeSymbol("=") ? _expressions.Parse() : null));
            if (!_tokens.TakeSymbol(",")) break;
        }

        _tokens.ExpectSymbol(")");
        return parameters;
    }

    private CallBlockStatement ParseCall(int line)
    {
        var parameters = _tokens.IsSymbol("(") ? ParseParameters() : [];
        if (_expressions.Parse() is not CallExpression call)
            throw new ChatTemplateException(line, "'call' needs a macro with its arguments: {% call name() %}.");
        return new CallBlockStatement(line, call, new MacroStatement(line, "caller", parameters, ParseMacroBody(line, "call", "endcall")));
    }

    private FilterBlockStatement ParseFilterBlock(int line)
    {
        var filter = _expressions.ParseFilters(BlockText(line));
        return new FilterBlockStatement(line, filter, ParseBody(line, "filter", "endfilter"));
    }

    private static NameExpression BlockText(int line) => new(line, FilterBlockStatement.Text);

    private BlockStatement ParseWith(int line)
    {
        var names = new List<SetStatement>();
        while (_tokens.Current.Kind == TokenKind.Name)
        {
            var target = ParseSingleTarget();
            _tokens.ExpectSymbol("=");
            names.Add(new SetStatement(line, target, _expressions.Parse()));
            if (!_tokens.TakeSymbol(",")) break;
        }

        return new BlockStatement(line, names, ParseBody(line, "with", "endwith"));
    }

    private Statement ParseLoopControl(int line, string word, Statement statement)
    {
        if (_loops == 0) throw new ChatTemplateException(line, $"'{word}' stands outside of a loop. Remove it.");
        EndTag();
        return statement;
    }
}
