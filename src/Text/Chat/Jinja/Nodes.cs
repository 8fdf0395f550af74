namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>A part of a template that has a value.</summary>
internal abstract record Expression(int Line);

internal sealed record Literal(int Line, object? Value) : Expression(Line);

internal sealed record NameExpression(int Line, string Name) : Expression(Line);

internal sealed record ListExpression(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

internal sealed record TupleExpression(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

internal sealed record MappingExpression(int Line, IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression(Line);

/// <summary><c>target.name</c></summary>
internal sealed record AttributeExpression(int Line, Expression Target, string Name) : Expression(Line);

/// <summary><c>target[key]</c></summary>
internal sealed record ItemExpression(int Line, Expression Target, Expression Key) : Expression(Line);

/// <summary><c>target[start:stop:step]</c></summary>
internal sealed record SliceExpression(int Line, Expression Target, Expression? Start, Expression? Stop, Expression? Step)
    : Expression(Line);

internal sealed record CallExpression(int Line, Expression Target, CallArguments Arguments) : Expression(Line);

/// <summary><c>target | name(arguments)</c></summary>
internal sealed record FilterExpression(int Line, Expression Target, string Name, CallArguments Arguments) : Expression(Line);

/// <summary><c>target is name arguments</c></summary>
internal sealed record TestExpression(int Line, Expression Target, string Name, CallArguments Arguments) : Expression(Line);

/// <summary><c>not x</c>, <c>-x</c>, <c>+x</c></summary>
internal sealed record UnaryExpression(int Line, string Operator, Expression Operand) : Expression(Line);

internal sealed record BinaryExpression(int Line, string Operator, Expression Left, Expression Right) : Expression(Line);

/// <summary><c>a &lt; b &lt;= c</c>: each neighbouring pair must hold.</summary>
internal sealed record ComparisonExpression(int Line, Expression First, IReadOnlyList<(string Operator, Expression Operand)> Rest)
    : Expression(Line);

/// <summary><c>then if condition else otherwise</c></summary>
internal sealed record ConditionalExpression(int Line, Expression Condition, Expression Then, Expression? Otherwise) : Expression(Line);

/// <summary>The arguments of a call as written.</summary>
internal sealed record CallArguments(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static CallArguments None { get; } = new([], []);
}

/// <summary>A part of a template that writes something or changes names.</summary>
internal abstract record Statement(int Line);

internal sealed record TextStatement(int Line, string Text) : Statement(Line);

internal sealed record OutputStatement(int Line, Expression Value) : Statement(Line);

internal sealed record IfStatement(int Line, Expression Condition, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Otherwise)
    : Statement(Line);

internal sealed record ForStatement(
    int Line, Target Target, Expression Items, Expression? Filter, IReadOnlyList<Statement> Body,
    IReadOnlyList<Statement> Otherwise) : Statement(Line);

internal sealed record SetStatement(int Line, Target Target, Expression Value) : Statement(Line);

/// <summary><c>{% set name %}text{% endset %}</c></summary>
internal sealed record SetBlockStatement(int Line, Target Target, IReadOnlyList<Statement> Body) : Statement(Line);

internal sealed record MacroStatement(
    int Line, string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, IReadOnlyList<Statement> Body) : Statement(Line);

/// <summary><c>{% filter name %}text{% endfilter %}</c>; the text stands for <see cref="FilterBlockStatement.Text"/>.</summary>
internal sealed record FilterBlockStatement(int Line, Expression Filter, IReadOnlyList<Statement> Body) : Statement(Line)
{
    /// <summary>The name under which the filter finds the block's text.</summary>
    public const string Text = "the text of the block";
}

/// <summary><c>{% call(x) target(...) %}body{% endcall %}</c>: the body is the callee's <c>caller(x)</c>.</summary>
internal sealed record CallBlockStatement(int Line, CallExpression Call, MacroStatement Caller) : Statement(Line);

/// <summary>Statements with names of their own: <c>with</c>, and <c>generation</c>, which only marks what a model wrote.</summary>
internal sealed record BlockStatement(int Line, IReadOnlyList<SetStatement> Names, IReadOnlyList<Statement> Body) : Statement(Line);

internal sealed record BreakStatement(int Line) : Statement(Line);

internal sealed record ContinueStatement(int Line) : Statement(Line);

/// <summary>What a value can be given to.</summary>
internal abstract record Target(int Line);

internal sealed record NameTarget(int Line, string Name) : Target(Line);

/// <summary><c>namespace.name</c></summary>
internal sealed record AttributeTarget(int Line, string Namespace, string Name) : Target(Line);

internal sealed record TupleTarget(int Line, IReadOnlyList<Target> Items) : Target(Line);
