namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>What operators do with values, as in Python.</summary>
internal static class Operators
{
    /// <summary>Whether a value counts as true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        double number => number != 0,
        string text => text.Length > 0,
        object?[] tuple => tuple.Length > 0,
        ListView { Kind: ViewKind.Generator } => true,
        List<object?> list => list.Count > 0,
        Mapping mapping => mapping.Count > 0,
        _ => !Numbers.IsWhole(value) || !Numbers.Whole(value).IsZero,
    };

    /// <summary>Whether two values are equal; numbers by value, lists and mappings by what they hold.</summary>
    public static bool AreEqual(object? x, object? y, Place place)
    {
        place.Deepen();
        if (x is string text) return y is string other && AreEqual(text, other, place);
        if (Numbers.IsNumber(x)) return Numbers.IsNumber(y) && Numbers.Compare(x, y) == 0;
        if (x is not null && ReferenceEquals(x, y)) return true;
        return (x, y) switch
        {
            (Undefined, Undefined) => true,
            (List<object?> a, List<object?> b) => AreEqual((IReadOnlyList<object?>)a, b, place),
            (object?[] a, object?[] b) => AreEqual((IReadOnlyList<object?>)a, b, place),
            (Mapping a, Mapping b) => a.Count == b.Count
                && a.Pairs.All(pair => b.TryGet(pair.Key, place, out var other) && AreEqual(pair.Value, other, place)),
            _ => ReferenceEquals(x, y),
        };
    }

    /// <summary>Whether a comparison holds.</summary>
    public static bool Holds(string symbol, object? x, object? y, Place place) => symbol switch
    {
        "==" => AreEqual(x, y, place),
        "!=" => !AreEqual(x, y, place),
        "in" => Contains(y, x, place),
        "not in" => !Contains(y, x, place),
        "<" => Compare(x, y, place) < 0,
        "<=" => Compare(x, y, place) <= 0,
        ">" => Compare(x, y, place) > 0,
        _ => Compare(x, y, place) >= 0,
    };

    /// <summary>Below 0, 0 or above 0, as x is less than, equal to or more than y; null for what is not a number.</summary>
    public static int? Compare(object? x, object? y, Place place)
    {
        place.Deepen();
        if (Numbers.IsNumber(x) && Numbers.IsNumber(y)) return Numbers.Compare(x, y);
        return (x, y) switch
        {
            (string a, string b) => Compare(a, b, place),
            (List<object?> a and not ListView, List<object?> b and not ListView) => Compare((IReadOnlyList<object?>)a, b, place),
            (object?[] a, object?[] b) => Compare((IReadOnlyList<object?>)a, b, place),
            _ => throw Mismatch("compare", x, y, place),
        };
    }

    /// <summary>Whether a value stands in a list, a mapping's keys or a string.</summary>
    public static bool Contains(object? container, object? value, Place place)
    {
        switch (container, value)
        {
            case (string text, string part):
                place.Characters(text.Length);
                return text.Contains(part, StringComparison.Ordinal);
            case (string, _): throw Mismatch("look in a string for anything but a string:", container, value, place);
            case (Mapping mapping, _): return mapping.TryGet(value, place, out _);
            default: return Items(container, place).Any(item => AreEqual(item, value, place));
        }
    }

    /// <summary>The items of a value that can be gone through: a mapping's are its keys, a string's its characters.</summary>
    public static IReadOnlyList<object?> Items(object? value, Place place)
    {
        if (value is string text) place.Characters(text.Length);
        IReadOnlyList<object?> items = value switch
        {
            List<object?> list => list,
            object?[] tuple => tuple,
            Mapping mapping => [.. Counted(mapping, place).Keys],
            string characters => [.. characters.EnumerateRunes().Select(rune => rune.ToString())],
            Undefined => [],
            _ => throw place.Error($"{PythonText.TypeOf(value)} cannot be iterated. Give a list, a mapping or a string."),
        };
        place.Step(items.Count);
        return items;
    }

    /// <summary>An arithmetic operator, or ~, which joins texts.</summary>
    public static object? Binary(string symbol, object? x, object? y, Place place)
    {
        if (symbol == "~") return Join(PythonText.Of(x, place), PythonText.Of(y, place), place);
        if (Numbers.IsNumber(x) && Numbers.IsNumber(y)) return Numbers.Calculate(symbol, x, y, place);
        if (symbol == "%" && x is string format) return StringFormat.Apply(format, y, place);
        if (x is Undefined || y is Undefined)
            throw place.Error($"{((x as Undefined) ?? (Undefined)y!).Description}, so '{symbol}' cannot use it.");
        return (symbol, x, y) switch
        {
            ("+", string a, string b) => Join(a, b, place),
            ("+" or "*", ListView, _) or ("+" or "*", _, ListView) => throw Mismatch($"use '{symbol}' on", x, y, place),
            ("+", List<object?> a, List<object?> b) => (List<object?>)[.. Counted(a, place), .. Counted(b, place)],
            ("+", object?[] a, object?[] b) => (object?[])[.. Counted(a, place), .. Counted(b, place)],
            ("*", string or List<object?> or object?[], _) when Numbers.IsWhole(y) => Repeat(x, y, place),
            ("*", _, string or List<object?> or object?[]) when Numbers.IsWhole(x) => Repeat(y, x, place),
            _ => throw Mismatch($"use '{symbol}' on", x, y, place),
        };
    }

    /// <summary>A text so many times; the caller has counted it.</summary>
    public static string Repeat(string text, int times) => text.Length == 1
        ? new string(text[0], times)
        : string.Create(text.Length * times, text, (span, part) =>
        {
            for (var at = 0; at < span.Length; at += part.Length) part.CopyTo(span[at..]);
        });

    private static string Join(string a, string b, Place place)
    {
        place.Characters((long)a.Length + b.Length);
        return a + b;
    }

    private static object Repeat(object sequence, object? count, Place place)
    {
        var length = sequence is string text ? text.Length : ((IReadOnlyList<object?>)sequence).Count;
        var times = Numbers.Whole(count) is { Sign: > 0 } positive && length > 0 ? positive : 0;
        // Counted before it is made. As a count of characters or items, 2^50 is as much too large as any number beyond it.
        var size = (long)System.Numerics.BigInteger.Min(times * length, 1L << 50);
        if (sequence is string) place.Characters(size);
        else place.Step(size);
        return sequence switch
        {
            string part => Repeat(part, (int)times),
            object?[] tuple => Enumerable.Repeat(tuple, (int)times).SelectMany(items => items).ToArray(),
            _ => Enumerable.Repeat((List<object?>)sequence, (int)times).SelectMany(items => items).ToList(),
        };
    }

    private static bool AreEqual(string x, string y, Place place)
    {
        if (x.Length != y.Length) return false;
        place.Characters(x.Length);
        return x == y;
    }

    private static bool AreEqual(IReadOnlyList<object?> x, IReadOnlyList<object?> y, Place place)
    {
        if (x.Count != y.Count) return false;
        for (var i = 0; i < x.Count; i++)
        {
            if (!AreEqual(x[i], y[i], place)) return false;
        }

        return true;
    }

    // By code points, as Python compares: the halves of an emoji are below U+E000 as UTF-16, and above as a character.
    private static int Compare(string x, string y, Place place)
    {
        place.Characters(Math.Min(x.Length, y.Length));
        var same = x.AsSpan().CommonPrefixLength(y);
        if (same == x.Length || same == y.Length) return x.Length.CompareTo(y.Length);
        return Rank(x[same]).CompareTo(Rank(y[same]));
        static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
    }

    private static int? Compare(IReadOnlyList<object?> x, IReadOnlyList<object?> y, Place place)
    {
        for (var i = 0; i < Math.Min(x.Count, y.Count); i++)
        {
            if (!AreEqual(x[i], y[i], place)) return Compare(x[i], y[i], place);
        }

        return x.Count.CompareTo(y.Count);
    }

    private static IReadOnlyList<object?> Counted(IReadOnlyList<object?> items, Place place)
    {
        place.Step(items.Count);
        return items;
    }

    private static Mapping Counted(Mapping mapping, Place place)
    {
        place.Step(mapping.Count);
        return mapping;
    }

    private static ChatTemplateException Mismatch(string what, object? x, object? y, Place place) =>
        place.Error($"cannot {what} {PythonText.TypeOf(x)} and {PythonText.TypeOf(y)}.");
}
