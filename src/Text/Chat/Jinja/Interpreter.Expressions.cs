using System.Numerics;
using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

internal sealed partial class Interpreter
{
    private object? Evaluate(Expression expression, Scope scope)
    {
        Nesting.Check(expression.Line);
        At(expression).Step();
        return ValueOf(expression, scope);
    }

    private object? ValueOf(Expression expression, Scope scope) => expression switch
    {
        Literal literal => literal.Value,
        NameExpression name => scope.Find(name.Name, At(name)),
        ListExpression list => list.Items.Select(item => Evaluate(item, scope)).ToList(),
        TupleExpression tuple => tuple.Items.Select(item => Evaluate(item, scope)).ToArray(),
        MappingExpression mapping => EvaluateMapping(mapping, scope),
        AttributeExpression attribute => Attribute(Evaluate(attribute.Target, scope), attribute.Name, At(attribute)),
        ItemExpression item => Item(Evaluate(item.Target, scope), Evaluate(item.Key, scope), At(item)),
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

    private Place At(Expression expression) => new(expression.Line, _budget);

    private Mapping EvaluateMapping(MappingExpression expression, Scope scope)
    {
        var mapping = new Mapping();
        foreach (var (key, value) in expression.Items) mapping.Set(Evaluate(key, scope), Evaluate(value, scope), At(key));
        return mapping;
    }

    /// <summary><c>x.name</c>: what Python finds as a method first, then as a key.</summary>
    internal static object? Attribute(object? target, string name, Place place) => target switch
    {
        Undefined missing =>
            throw place.Error($"{missing.Description}, so it has no '{Shortened.Of(name)}'. Test it with 'is defined' first."),
        Mapping mapping => CollectionMethods.Find(mapping, name) is { } method
            ? method
            : mapping.TryGet(name, out var value) ? value : NoAttribute(target, name),
        _ => OwnAttribute(target, name),
    };

    /// <summary><c>x[key]</c>: an index or a key first, then an attribute.</summary>
    internal static object? Item(object? target, object? key, Place place)
    {
        if (target is Undefined missing)
            throw place.Error($"{missing.Description}, so it has no items. Test it with 'is defined' first.");
        if (target is Mapping mapping)
            return mapping.TryGet(key, place, out var value)
                ? value
                : key is string method ? Attribute(target, method, place) : NoItem(target, key);
        if (key is string name) return Attribute(target, name, place);
        if (!Numbers.IsWhole(key) || Numbers.Whole(key) is var whole && (whole < long.MinValue || whole > long.MaxValue))
            return NoItem(target, key);
        var index = (long)Numbers.Whole(key);
        return target switch
        {
            ListView { Kind: not ViewKind.Range } => NoItem(target, key),
            List<object?> list => Slice.Place(list.Count, index) is { } at ? list[at] : NoItem(target, key),
            object?[] tuple => Slice.Place(tuple.Length, index) is { } at ? tuple[at] : NoItem(target, key),
            string text => Characters(text, place) is var characters && Slice.Place(characters.Length, index) is { } at
                ? characters[at].ToString()
                : NoItem(target, key),
            _ => NoItem(target, key),
        };
    }

    private static object? OwnAttribute(object? target, string name)
    {
        Callable? method = target switch
        {
            string text => StringMethods.Find(text, name),
            List<object?> list => CollectionMethods.Find(list, name),
            object?[] tuple => CollectionMethods.FindInBoth(tuple, name),
            _ => null,
        };
        return (method, target) switch
        {
            ({ }, _) => method,
            (_, Namespace made) => made.Attributes.TryGetValue(name, out var value) ? value : NoAttribute(target, name),
            (_, LoopVariable loop) => loop.Attribute(name),
            // A group of the filter groupby is a pair whose parts have names.
            (_, object?[] { Length: 2 } pair) when pair[1] is List<object?> && name is "grouper" or "list" => pair[name == "list" ? 1 : 0],
            _ => NoAttribute(target, name),
        };
    }

    private static Undefined NoAttribute(object? target, string name) => new($"{PythonText.TypeOf(target)} has no '{Shortened.Of(name)}'");

    private static Undefined NoItem(object? target, object? key) =>
        Numbers.IsNumber(key)
            ? NoAttribute(target, key is bool flag ? $"{flag}" : PythonText.OfNumber(key!))
            : new($"{PythonText.TypeOf(target)} has no item at {PythonText.TypeOf(key)}");

    private static Rune[] Characters(string text, Place place)
    {
        place.Characters(text.Length);
        return [.. text.EnumerateRunes()];
    }

    private object? EvaluateSlice(SliceExpression slice, Scope scope)
    {
        var (target, place) = (Evaluate(slice.Target, scope), At(slice));
        var (start, stop, step) = (Bound(slice.Start, scope), Bound(slice.Stop, scope), Bound(slice.Step, scope) ?? 1);
        if (step.IsZero) throw place.Error("the step of a slice must not be 0.");
        switch (target)
        {
            case string text:
                var characters = Characters(text, place);
                return place.Made(
                    string.Concat(Slice.Places(characters.Length, start, stop, step).Select(at => characters[at].ToString())));
            case ListView { Kind: ViewKind.Range } range: return SliceOf(range, slice, start, stop, step);
            case List<object?> list and not ListView: return SliceOf(list, slice, start, stop, step);
            case object?[] tuple: return SliceOf(tuple, slice, start, stop, step).ToArray();
            case Undefined missing: throw place.Error($"{missing.Description}, so it cannot be sliced.");
            default: throw place.Error($"{PythonText.TypeOf(target)} cannot be sliced. Give a list or a string.");
        }
    }

    private List<object?> SliceOf(IReadOnlyList<object?> items, SliceExpression slice, BigInteger? start, BigInteger? stop, BigInteger step)
    {
        var places = Slice.Places(items.Count, start, stop, step).ToList();
        At(slice).Step(places.Count);
        return [.. places.Select(at => items[at])];
    }

    private BigInteger? Bound(Expression? expression, Scope scope) => expression is null ? null : Evaluate(expression, scope) switch
    {
        null => null,
        var number when Numbers.IsWhole(number) => Numbers.Whole(number),
        var other => throw At(expression).Error($"the bound of a slice is {PythonText.TypeOf(other)}; it must be a whole number."),
    };

    private object? EvaluateCall(CallExpression call, Scope scope)
    {
        var target = Evaluate(call.Target, scope);
        if (target is Undefined missing) throw At(call).Error($"{missing.Description}, so it cannot be called.");
        if (target is not Callable callable) throw At(call).Error($"{PythonText.TypeOf(target)} cannot be called. Remove the brackets.");
        return callable.Call(EvaluateArguments(callable.Name, At(call), call.Arguments, scope));
    }

    private Arguments EvaluateArguments(string callee, Place place, CallArguments arguments, Scope scope) => new(
        place,
        callee,
        arguments.Positional.Select(value => Evaluate(value, scope)).ToArray(),
        arguments.Named.ToDictionary(pair => pair.Name, pair => Evaluate(pair.Value, scope)));

    private object? EvaluateFilter(FilterExpression filter, Scope scope) =>
        Filters.Apply(filter.Name, Evaluate(filter.Target, scope), EvaluateArguments(filter.Name, At(filter), filter.Arguments, scope));

    private bool EvaluateTest(TestExpression test, Scope scope) =>
        Tests.Apply(test.Name, Evaluate(test.Target, scope), EvaluateArguments(test.Name, At(test), test.Arguments, scope));

    private object EvaluateUnary(UnaryExpression unary, Scope scope)
    {
        var value = Evaluate(unary.Operand, scope);
        if (unary.Operator == "not") return !Operators.IsTrue(value);
        if (value is double real) return unary.Operator == "-" ? -real : real;
        if (!Numbers.IsWhole(value)) throw At(unary).Error($"'{unary.Operator}' needs a number; it is given {PythonText.TypeOf(value)}.");
        return Numbers.Calculate(unary.Operator, 0L, value, At(unary));
    }

    private object? EvaluateBinary(BinaryExpression binary, Scope scope)
    {
        var left = Evaluate(binary.Left, scope);
        return binary.Operator switch
        {
            "and" => Operators.IsTrue(left) ? Evaluate(binary.Right, scope) : left,
            "or" => Operators.IsTrue(left) ? left : Evaluate(binary.Right, scope),
            _ => Operators.Binary(binary.Operator, left, Evaluate(binary.Right, scope), At(binary)),
        };
    }

    private bool EvaluateComparison(ComparisonExpression comparison, Scope scope)
    {
        var left = Evaluate(comparison.First, scope);
        foreach (var (symbol, operand) in comparison.Rest)
        {
            var right = Evaluate(operand, scope);
            if (!Operators.Holds(symbol, left, right, At(operand))) return false;
            left = right;
        }

        return true;
    }

    private object? EvaluateChoice(ConditionalExpression choice, Scope scope)
    {
        if (Operators.IsTrue(Evaluate(choice.Condition, scope))) return Evaluate(choice.Then, scope);
        return choice.Otherwise is null ? new Undefined("the condition is false and there is no else") : Evaluate(choice.Otherwise, scope);
    }
}
