using System.Text;

namespace LlmRabbitHoles.Tokenization.Jinja;

internal sealed partial class Interpreter
{
    private object? Evaluate(Expression expression, Scope scope)
    {
        Nesting.Check(expression.Line);
        return ValueOf(expression, scope);
    }

    private object? ValueOf(Expression expression, Scope scope) => expression switch
    {
        Literal literal => literal.Value,
        NameExpression name => scope[name.Name],
        ListExpression list => list.Items.Select(item => Evaluate(item, scope)).ToList(),
        TupleExpression tuple => tuple.Items.Select(item => Evaluate(item, scope)).ToArray(),
        MappingExpression mapping => EvaluateMapping(mapping, scope),
        AttributeExpression attribute => Attribute(Evaluate(attribute.Target, scope), attribute.Name, attribute.Line),
        ItemExpression item => Item(Evaluate(item.Target, scope), Evaluate(item.Key, scope), item.Line),
        SliceExpression slice => EvaluateSlice(slice, scope),
        CallExpression call => EvaluateCall(call, scope),
        FilterExpression filter => EvaluateFilter(filter, scope),
        TestExpression test => EvaluateTest(test, scope),
        UnaryExpression unary => EvaluateUnary(unary, scope),
        BinaryExpression binary => EvaluateBinary(binary, scope),
        ComparisonExpression comparison => EvaluateComparison(comparison, scope),
        ConditionalExpression choice => EvaluateChoice(choice, scope),
        _ => throw new InvalidOperationException($"The interpreter knows no {expression.GetType().Name}."),
    };

    private Mapping EvaluateMapping(MappingExpression expression, Scope scope)
    {
        var mapping = new Mapping();
        foreach (var (key, value) in expression.Items)
            mapping[Evaluate(key, scope) ?? throw new ChatTemplateException(key.Line, "none cannot be a key. Use a string.")] = Evaluate(value, scope);
        return mapping;
    }

    // x.name: what Python finds as a method first, then as a key.
    private static object? Attribute(object? target, string name, int line)
    {
        if (target is Undefined missing)
            throw new ChatTemplateException(line, $"{missing.Description}, so it has no '{name}'. Test it with 'is defined' first.");
        return target switch
        {
            string text => (object?)StringMethods.Find(text, name) ?? NoAttribute(target, name),
            Mapping mapping => (object?)CollectionMethods.Find(mapping, name) ?? (mapping.TryGetValue(name, out var value) ? value : NoAttribute(target, name)),
            List<object?> list => (object?)CollectionMethods.Find(list, name) ?? NoAttribute(target, name),
            Namespace made => made.Attributes.TryGetValue(name, out var value) ? value : NoAttribute(target, name),
            LoopVariable loop => loop.Attribute(name),
            _ => NoAttribute(target, name),
        };
    }

    // x[key]: an index or a key first, then an attribute.
    internal static object? Item(object? target, object? key, int line)
    {
        if (target is Undefined missing)
            throw new ChatTemplateException(line, $"{missing.Description}, so it has no items. Test it with 'is defined' first.");
        if (target is Mapping mapping && key != null && mapping.TryGetValue(key, out var value)) return value;
        if (key is string name) return Attribute(target, name, line);
        if (key is not long index) return NoAttribute(target, PythonText.Of(key));
        return target switch
        {
            List<object?> list => Slice.Place(list.Count, index) is { } place ? list[place] : NoAttribute(target, PythonText.Of(key)),
            object?[] tuple => Slice.Place(tuple.Length, index) is { } place ? tuple[place] : NoAttribute(target, PythonText.Of(key)),
            string text => Characters(text) is var characters && Slice.Place(characters.Length, index) is { } place
                ? characters[place].ToString()
                : NoAttribute(target, PythonText.Of(key)),
            _ => NoAttribute(target, PythonText.Of(key)),
        };
    }

    private static Undefined NoAttribute(object? target, string name) => new($"{PythonText.TypeOf(target)} has no '{name}'");

    private static Rune[] Characters(string text) => [.. text.EnumerateRunes()];

    private object? EvaluateSlice(SliceExpression slice, Scope scope)
    {
        var target = Evaluate(slice.Target, scope);
        var (start, stop, step) = (Bound(slice.Start, scope), Bound(slice.Stop, scope), Bound(slice.Step, scope) ?? 1);
        if (step == 0) throw new ChatTemplateException(slice.Line, "the step of a slice must not be 0.");
        switch (target)
        {
            case string text:
                var characters = Characters(text);
                return string.Concat(Slice.Places(characters.Length, start, stop, step).Select(place => characters[place].ToString()));
            case List<object?> list: return Slice.Places(list.Count, start, stop, step).Select(place => list[place]).ToList();
            case object?[] tuple: return Slice.Places(tuple.Length, start, stop, step).Select(place => tuple[place]).ToArray();
            case Undefined missing: throw new ChatTemplateException(slice.Line, $"{missing.Description}, so it cannot be sliced.");
            default: throw new ChatTemplateException(slice.Line, $"{PythonText.TypeOf(target)} cannot be sliced. Give a list or a string.");
        }
    }

    private long? Bound(Expression? expression, Scope scope) => expression == null ? null : Evaluate(expression, scope) switch
    {
        null => null,
        long number => number,
        var other => throw new ChatTemplateException(expression.Line, $"the bound of a slice is {PythonText.TypeOf(other)}; it must be a whole number."),
    };

    private object? EvaluateCall(CallExpression call, Scope scope)
    {
        var target = Evaluate(call.Target, scope);
        if (target is Undefined missing) throw new ChatTemplateException(call.Line, $"{missing.Description}, so it cannot be called.");
        if (target is not Callable callable)
            throw new ChatTemplateException(call.Line, $"{PythonText.TypeOf(target)} cannot be called. Remove the brackets.");
        return callable.Call(EvaluateArguments(callable.Name, call.Line, call.Arguments, scope));
    }

    private Arguments EvaluateArguments(string callee, int line, CallArguments arguments, Scope scope) => new(
        line,
        callee,
        arguments.Positional.Select(value => Evaluate(value, scope)).ToArray(),
        arguments.Named.DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => Evaluate(pair.Value, scope)));

    private object? EvaluateFilter(FilterExpression filter, Scope scope) =>
        Filters.Apply(filter.Name, Evaluate(filter.Target, scope), EvaluateArguments(filter.Name, filter.Line, filter.Arguments, scope));

    private bool EvaluateTest(TestExpression test, Scope scope) =>
        Tests.Apply(test.Name, Evaluate(test.Target, scope), EvaluateArguments(test.Name, test.Line, test.Arguments, scope));

    private object EvaluateUnary(UnaryExpression unary, Scope scope)
    {
        var value = Evaluate(unary.Operand, scope);
        if (unary.Operator == "not") return !Operators.IsTrue(value);
        if (!Operators.IsNumber(value))
            throw new ChatTemplateException(unary.Line, $"'{unary.Operator}' needs a number; it is given {PythonText.TypeOf(value)}.");
        return Operators.Binary(unary.Operator, 0L, value, unary.Line)!;
    }

    private object? EvaluateBinary(BinaryExpression binary, Scope scope)
    {
        var left = Evaluate(binary.Left, scope);
        return binary.Operator switch
        {
            "and" => Operators.IsTrue(left) ? Evaluate(binary.Right, scope) : left,
            "or" => Operators.IsTrue(left) ? left : Evaluate(binary.Right, scope),
            _ => Operators.Binary(binary.Operator, left, Evaluate(binary.Right, scope), binary.Line),
        };
    }

    private bool EvaluateComparison(ComparisonExpression comparison, Scope scope)
    {
        var left = Evaluate(comparison.First, scope);
        foreach (var (symbol, operand) in comparison.Rest)
        {
            var right = Evaluate(operand, scope);
            if (!Holds(symbol, left, right, operand.Line)) return false;
            left = right;
        }

        return true;
    }

    private static bool Holds(string symbol, object? left, object? right, int line) => symbol switch
    {
        "==" => Operators.AreEqual(left, right),
        "!=" => !Operators.AreEqual(left, right),
        "in" => Operators.Contains(right, left, line),
        "not in" => !Operators.Contains(right, left, line),
        "<" => Operators.Compare(left, right, line) < 0,
        "<=" => Operators.Compare(left, right, line) <= 0,
        ">" => Operators.Compare(left, right, line) > 0,
        _ => Operators.Compare(left, right, line) >= 0,
    };

    private object? EvaluateChoice(ConditionalExpression choice, Scope scope)
    {
        if (Operators.IsTrue(Evaluate(choice.Condition, scope))) return Evaluate(choice.Then, scope);
        return choice.Otherwise == null ? new Undefined("the condition is false and there is no else") : Evaluate(choice.Otherwise, scope);
    }
}
