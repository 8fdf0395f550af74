namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>The methods of Python's dictionaries and lists that change nothing; templates may not use the others.</summary>
internal static class CollectionMethods
{
    /// <summary>The method of a name, or null.</summary>
    public static Callable? Find(Mapping mapping, string name)
    {
        Func<Arguments, object?>? method = name switch
        {
            "items" => _ => Pairs(mapping),
            "keys" => _ => mapping.Keys.Select(key => (object?)key).ToList(),
            "values" => _ => mapping.Values.ToList(),
            "get" => arguments => arguments.Require(0, "key") is { } key && mapping.TryGetValue(key, out var value) ? value : arguments.Get(1, "default"),
            "copy" => _ => mapping,
            _ => null,
        };
        return method == null ? null : new Callable(name, method);
    }

    /// <summary>The method of a name, or null.</summary>
    public static Callable? Find(List<object?> list, string name)
    {
        Func<Arguments, object?>? method = name switch
        {
            "index" => arguments => list.FindIndex(item => Operators.AreEqual(item, arguments.Require(0, "value"))) is >= 0 and var place
                ? (long)place
                : throw arguments.Error("the list doesn't hold the value that index looks for."),
            "count" => arguments => (long)list.Count(item => Operators.AreEqual(item, arguments.Require(0, "value"))),
            "copy" => _ => list,
            "append" or "extend" or "insert" or "pop" or "remove" or "clear" or "reverse" or "sort" => arguments =>
                throw arguments.Error($"'{name}' would change a list, which templates may not. Write: set list = list + [item]."),
            _ => null,
        };
        return method == null ? null : new Callable(name, method);
    }

    /// <summary>A mapping's keys with their values.</summary>
    public static List<object?> Pairs(Mapping mapping) => [.. mapping.Select(pair => (object?)new[] { pair.Key, pair.Value })];
}
