namespace LlmRabbitHoles.Tokenization.Jinja;

internal static partial class Filters
{
    private static string Join(object? value, Arguments arguments)
    {
        var items = Operators.Items(value, arguments.Line);
        if (arguments.Get(1, "attribute") is { } attribute) items = items.Select(item => At(item, attribute, arguments));
        return string.Join(PythonText.Of(arguments.Get(0, "d", "")), items.Select(PythonText.Of));
    }

    private static List<object?> Map(object? value, Arguments arguments)
    {
        var items = Operators.Items(value, arguments.Line);
        if (arguments.Positional.Count == 0 && arguments.Named.TryGetValue("attribute", out var attribute))
            return [.. items.Select(item => At(item, attribute, arguments)).Select(found => found is Undefined ? arguments.Get(int.MaxValue, "default", found) : found)];
        var name = PythonText.Of(arguments.Require(0, "filter"));
        var rest = Rest(arguments, name, 1);
        return [.. items.Select(item => Apply(name, item, rest))];
    }

    private static List<object?> Select(object? value, Arguments arguments, bool wanted) =>
        [.. Operators.Items(value, arguments.Line).Where(item => Passes(item, arguments, 0) == wanted)];

    private static List<object?> SelectByAttribute(object? value, Arguments arguments, bool wanted)
    {
        var attribute = arguments.Require(0, "attribute");
        return [.. Operators.Items(value, arguments.Line).Where(item => Passes(At(item, attribute, arguments), arguments, 1) == wanted)];
    }

    // The test that the arguments name from a place on; without one, whether the value is true.
    private static bool Passes(object? value, Arguments arguments, int place)
    {
        if (arguments.Positional.Count <= place) return Operators.IsTrue(value);
        var name = PythonText.Of(arguments.Positional[place]);
        return Tests.Apply(name, value, Rest(arguments, name, place + 1));
    }

    private static Arguments Rest(Arguments arguments, string callee, int from) =>
        arguments with { Callee = callee, Positional = [.. arguments.Positional.Skip(from)] };

    private static List<object?> Sort(object? value, Arguments arguments)
    {
        var attribute = arguments.Get(2, "attribute");
        var order = Order(arguments.Line, ignoreCase: !arguments.Flag(1, "case_sensitive"));
        var items = Operators.Items(value, arguments.Line);
        object? Key(object? item) => attribute == null ? item : At(item, attribute, arguments);
        return [.. arguments.Flag(0, "reverse") ? items.OrderByDescending(Key, order) : items.OrderBy(Key, order)];
    }

    private static List<object?> Unique(object? value, Arguments arguments)
    {
        var seen = new List<object?>();
        var kept = new List<object?>();
        foreach (var item in Operators.Items(value, arguments.Line))
        {
            var key = arguments.Get(1, "attribute") is { } attribute ? At(item, attribute, arguments) : item;
            if (key is string text && !arguments.Flag(0, "case_sensitive")) key = text.ToLowerInvariant();
            if (seen.Exists(other => Operators.AreEqual(other, key))) continue;
            seen.Add(key);
            kept.Add(item);
        }

        return kept;
    }

    private static object? Extreme(object? value, Arguments arguments, bool last)
    {
        var sorted = Sort(value, arguments with { Positional = [], Named = arguments.Named });
        return sorted.Count == 0 ? new Undefined("there is no item") : sorted[last ? sorted.Count - 1 : 0];
    }

    private static object? Sum(object? value, Arguments arguments)
    {
        var attribute = arguments.Get(0, "attribute");
        return Operators.Items(value, arguments.Line)
            .Select(item => attribute == null ? item : At(item, attribute, arguments))
            .Aggregate(arguments.Get(1, "start", 0L), (sum, item) => Operators.Binary("+", sum, item, arguments.Line));
    }

    private static List<object?> GroupBy(object? value, Arguments arguments)
    {
        var attribute = arguments.Require(0, "attribute");
        var groups = new List<object?>();
        foreach (var item in Sort(value, arguments with { Positional = [], Named = new Dictionary<string, object?> { ["attribute"] = attribute } }))
        {
            var key = At(item, attribute, arguments);
            if (groups.Count > 0 && groups[^1] is object?[] group && Operators.AreEqual(group[0], key)) ((List<object?>)group[1]!).Add(item);
            else groups.Add(new[] { key, new List<object?> { item } });
        }

        return groups;
    }

    private static List<object?> Batch(object? value, Arguments arguments)
    {
        var size = (int)Math.Clamp(arguments.Integer(0, "linecount", 1), 1, int.MaxValue);
        return [.. Operators.Items(value, arguments.Line).Chunk(size).Select(chunk => (object?)chunk.ToList())];
    }

    // A key or index, or several with dots between them.
    private static object? At(object? item, object? attribute, Arguments arguments)
    {
        if (attribute is not string path) return Interpreter.Item(item, attribute, arguments.Line);
        return path.Split('.').Aggregate(item, (current, name) =>
            Interpreter.Item(current, long.TryParse(name, out var index) ? index : name, arguments.Line));
    }

    private static Comparer<object?> Order(int line, bool ignoreCase) => Comparer<object?>.Create((x, y) =>
        ignoreCase && x is string a && y is string b
            ? string.CompareOrdinal(a.ToLowerInvariant(), b.ToLowerInvariant())
            : Operators.Compare(x, y, line));
}
