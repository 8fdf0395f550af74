using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>A dictionary that keeps its order, with Python's keys: True, 1 and 1.0 are one, and a tuple is what it holds.</summary>
internal sealed class Mapping
{
    private static readonly object None = new();
    private static readonly object Missing = new();
    private readonly OrderedDictionary<object, KeyValuePair<object?, object?>> _items = [];

    /// <summary>How many keys there are.</summary>
    public int Count => _items.Count;

    /// <summary>The keys in order.</summary>
    public IEnumerable<object?> Keys => _items.Values.Select(pair => pair.Key);

    /// <summary>The values in order.</summary>
    public IEnumerable<object?> Values => _items.Values.Select(pair => pair.Value);

    /// <summary>Keys and values in order.</summary>
    public IEnumerable<KeyValuePair<object?, object?>> Pairs => _items.Values;

    /// <summary>Sets the value of a name.</summary>
    public object? this[string name]
    {
        set => _items[name] = new(name, value);
    }

    /// <summary>Sets the value of any key.</summary>
    /// <exception cref="ChatTemplateException">The key is a list or a mapping.</exception>
    public void Set(object? key, object? value, Place place)
    {
        var identity = IdentityOf(key, place);
        // Python keeps the key that came first: {1: 'a', True: 'b'} is {1: 'b'}.
        _items[identity] = new(_items.TryGetValue(identity, out var there) ? there.Key : key, value);
    }

    /// <summary>The value of a name.</summary>
    public bool TryGet(string name, out object? value)
    {
        var found = _items.TryGetValue(name, out var pair);
        value = pair.Value;
        return found;
    }

    /// <summary>The value of any key.</summary>
    /// <exception cref="ChatTemplateException">The key is a list or a mapping.</exception>
    public bool TryGet(object? key, Place place, [MaybeNullWhen(false)] out object? value)
    {
        var found = _items.TryGetValue(IdentityOf(key, place), out var pair);
        value = pair.Value;
        return found;
    }

    // What is equal has one identity. A tuple's is a text, so that comparing keys needs no walk through tuples in tuples.
    private static object IdentityOf(object? key, Place place) => key switch
    {
        null => None,
        Undefined => Missing,
        string text => text,
        bool or long or BigInteger or double => NumberIdentity(key),
        object?[] => new TupleIdentity(Describe(key, new StringBuilder(), place).ToString()),
        List<object?> or Mapping or Namespace =>
            throw place.Error($"{PythonText.TypeOf(key)} cannot be a key. Use a string, a number or a tuple."),
        _ => key,
    };

    private static object NumberIdentity(object key) => key switch
    {
        double value when !double.IsInteger(value) => value,
        _ => Numbers.Whole(key) is var whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : whole,
    };

    private static StringBuilder Describe(object? key, StringBuilder text, Place place)
    {
        place.Deepen();
        if (key is not object?[] tuple)
        {
            var part = IdentityOf(key, place) switch
            {
                string name => string.Create(CultureInfo.InvariantCulture, $"'{name.Length}:{name}"),
                double number => number.ToString("R", CultureInfo.InvariantCulture),
                var identity when identity == None => "None",
                long whole => whole.ToString(CultureInfo.InvariantCulture),
                BigInteger whole => whole.ToString(CultureInfo.InvariantCulture),
                _ => throw place.Error($"{PythonText.TypeOf(key)} cannot stand in a key. Use strings and numbers."),
            };
            return text.Append(place.Made(part)).Append(',');
        }

        text.Append('(');
        foreach (var item in tuple) Describe(item, text, place);
        return text.Append(')');
    }

    private sealed record TupleIdentity(string Items);
}
