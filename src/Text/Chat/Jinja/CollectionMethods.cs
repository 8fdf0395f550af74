namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>The methods of Python's dictionaries, lists and tuples that change nothing; templates may not use the others.</summary>
internal static class CollectionMethods
{
    /// <summary>The method of a name, or null.</summary>
    public static Callable? Find(Mapping mapping, string name) => name switch
    {
        "items" => Callable.Of(name, "", arguments => new ListView(ViewKind.Entries, "dict_items", Pairs(mapping, arguments.Place))),
        "keys" =>
            Callable.Of(name, "", arguments => new ListView(ViewKind.Entries, "dict_keys", Operators.Items(mapping, arguments.Place))),
        "values" => Callable.Of(name, "", arguments => new ListView(ViewKind.Entries, "dict_values", Values(mapping, arguments.Place))),
        "get" => Callable.Of(name, "key default", arguments =>
            mapping.TryGet(arguments.Require(0, "key"), arguments.Place, out var value) ? value : arguments.Get(1, "default")),
        "copy" => Callable.Of(name, "", _ => mapping),
        "pop" or "popitem" or "update" or "setdefault" or "clear" => Refusal("mapping", name, "dict(mapping, key=value)"),
        _ => null,
    };

    /// <summary>The method of a name, or null.</summary>
    public static Callable? Find(List<object?> list, string name) => name switch
    {
        _ when list is ListView { Kind: not ViewKind.Range } => null,
        "copy" => Callable.Of(name, "", _ => list),
        "append" or "extend" or "insert" or "pop" or "remove" or "clear" or "reverse" or "sort" =>
            Refusal("list", name, "set list = list + [item]"),
        _ => FindInBoth(list, name),
    };

    /// <summary>The method of a name, or null.</summary>
    public static Callable? FindInBoth(IReadOnlyList<object?> list, string name) => name switch
    {
        "index" => Callable.Of(name, "value", arguments => IndexOf(list, arguments)),
        "count" => Callable.Of(name, "value", arguments =>
            (long)list.Count(item => Operators.AreEqual(item, arguments.Require(0, "value"), arguments.Place))),
        _ => null,
    };

    /// <summary>A mapping's keys with their values.</summary>
    public static List<object?> Pairs(Mapping mapping, Place place)
    {
        place.Step(2L * mapping.Count);
        return [.. mapping.Pairs.Select(pair => (object?)new[] { pair.Key, pair.Value })];
    }

    private static IEnumerable<object?> Values(Mapping mapping, Place place)
    {
        place.Step(mapping.Count);
        return mapping.Values;
    }

    private static long IndexOf(IReadOnlyList<object?> list, Arguments arguments)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (Operators.AreEqual(list[i], arguments.Require(0, "value"), arguments.Place)) return i;
        }

        throw arguments.Error("the list doesn't hold the value that index looks for.");
    }

    private static Callable Refusal(string kind, string name, string instead) => new(name, arguments =>
        throw arguments.Error($"'{name}' would change a {kind}, which templates may not. Write: {instead}."));
}
