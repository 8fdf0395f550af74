using System.Text;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>What operators do with values, as in Python.</summary>
internal static class Operators
{
    // A template is no place for endless text.
    private const long LongestRepetition = 1 << 20;

    /// <summary>Whether a value counts as true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        object?[] tuple => tuple.Length > 0,
        List<object?> list => list.Count > 0,
        Mapping mapping => mapping.Count > 0,
        _ => true,
    };

    /// <summary>Whether two values are equal; numbers by value, lists and mappings by what they hold.</summary>
    public static bool AreEqual(object? x, object? y)
    {
        if (IsNumber(x) && IsNumber(y)) return x is double || y is double ? ToDouble(x) == ToDouble(y) : ToLong(x) == ToLong(y);
        return (x, y) switch
        {
            (string a, string b) => a == b,
            (Undefined, Undefined) => true,
            (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
            (object?[] a, object?[] b) => a.Length == b.Length && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
            (Mapping a, Mapping b) => a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && AreEqual(pair.Value, other)),
            _ => ReferenceEquals(x, y),
        };
    }

    /// <summary>Below 0, 0 or above 0, as x is less than, equal to or more than y.</summary>
    public static int Compare(object? x, object? y, int line)
    {
        if (IsNumber(x) && IsNumber(y))
            return x is double || y is double ? ToDouble(x).CompareTo(ToDouble(y)) : ToLong(x).CompareTo(ToLong(y));
        if (x is string a && y is string b) return string.CompareOrdinal(a, b);
        if (x is List<object?> or object?[] && y is List<object?> or object?[])
        {
            var (left, right) = (Items(x, line).ToList(), Items(y, line).ToList());
            foreach (var (first, second) in left.Zip(right))
            {
                if (!AreEqual(first, second)) return Compare(first, second, line);
            }

            return left.Count.CompareTo(right.Count);
        }

        throw Mismatch("compare", x, y, line);
    }

    /// <summary>Whether a value stands in a list, a mapping's keys or a string.</summary>
    public static bool Contains(object? container, object? value, int line) => (container, value) switch
    {
        (string text, string part) => text.Contains(part, StringComparison.Ordinal),
        (string, _) => throw Mismatch("look in a string for anything but a string:", container, value, line),
        (Mapping mapping, _) => value != null && mapping.ContainsKey(value),
        _ => Items(container, line).Any(item => AreEqual(item, value)),
    };

    /// <summary>The items of a value that can be gone through: a mapping's are its keys, a string's its characters.</summary>
    public static IEnumerable<object?> Items(object? value, int line) => value switch
    {
        List<object?> list => list,
        object?[] tuple => tuple,
        Mapping mapping => mapping.Keys,
        string text => text.EnumerateRunes().Select(rune => rune.ToString()),
        Undefined => [],
        _ => throw new ChatTemplateException(line, $"{PythonText.TypeOf(value)} cannot be gone through. Give a list, a mapping or a string."),
    };

    /// <summary>An arithmetic operator, or ~, which joins texts.</summary>
    public static object? Binary(string symbol, object? x, object? y, int line)
    {
        if (symbol == "~") return PythonText.Of(x) + PythonText.Of(y);
        if (x is Undefined || y is Undefined)
            throw new ChatTemplateException(line, $"{((x as Undefined) ?? (Undefined)y!).Description}, so '{symbol}' cannot use it.");
        if (IsNumber(x) && IsNumber(y)) return Arithmetic(symbol, x, y, line);
        return (symbol, x, y) switch
        {
            ("+", string a, string b) => a + b,
            ("+", List<object?> a, List<object?> b) => new List<object?>([.. a, .. b]),
            ("+", object?[] a, object?[] b) => (object?[])[.. a, .. b],
            ("*", string text, long count) => Repeat(text, count, line),
            ("*", long count, string text) => Repeat(text, count, line),
            ("*", List<object?> list, long count) => Repeat(list, count, line),
            ("%", string format, _) => StringFormat.Apply(format, y as object?[] ?? [y], line),
            _ => throw Mismatch($"use '{symbol}' on", x, y, line),
        };
    }

    /// <summary>A number's value; True is 1.</summary>
    public static double ToDouble(object? number) => number is double value ? value : ToLong(number);

    /// <summary>Whether a value can be calculated with.</summary>
    public static bool IsNumber(object? value) => value is bool or long or double;

    private static long ToLong(object? number) => number is bool flag ? (flag ? 1 : 0) : (long)number!;

    private static object Arithmetic(string symbol, object? x, object? y, int line)
    {
        if (symbol is "/" or "//" or "%" && ToDouble(y) == 0) throw new ChatTemplateException(line, "division by zero.");
        if (symbol == "/") return ToDouble(x) / ToDouble(y);
        if (symbol == "**") return Power(x, y);
        if (x is double || y is double) return Arithmetic(symbol, ToDouble(x), ToDouble(y));
        try
        {
            return Arithmetic(symbol, ToLong(x), ToLong(y));
        }
        catch (OverflowException)
        {
            throw new ChatTemplateException(line, $"the result of '{symbol}' is too large. Numbers must stay below 2^63.");
        }
    }

    private static double Arithmetic(string symbol, double x, double y) => symbol switch
    {
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        "//" => Math.Floor(x / y),
        _ => x - (y * Math.Floor(x / y)),
    };

    private static long Arithmetic(string symbol, long x, long y) => checked(symbol switch
    {
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        "//" => FloorDivide(x, y),
        _ => y == -1 ? 0 : x - (y * FloorDivide(x, y)),
    });

    private static long FloorDivide(long x, long y) => checked(x / y) - (x % (y == -1 ? 1 : y) != 0 && (x < 0) != (y < 0) ? 1 : 0);

    private static object Power(object? x, object? y)
    {
        var result = Math.Pow(ToDouble(x), ToDouble(y));
        var isWhole = x is not double && y is not double && ToLong(y) >= 0 && Math.Abs(result) < long.MaxValue;
        object whole = (long)(isWhole ? result : 0);
        return isWhole ? whole : result;
    }

    private static string Repeat(string text, long count, int line)
    {
        if (text.Length * count > LongestRepetition) throw new ChatTemplateException(line, "a repetition is too long. Repeat fewer times.");
        return count <= 0 ? "" : new StringBuilder().Insert(0, text, (int)count).ToString();
    }

    private static List<object?> Repeat(List<object?> list, long count, int line)
    {
        if (list.Count * count > LongestRepetition) throw new ChatTemplateException(line, "a repetition is too long. Repeat fewer times.");
        return [.. Enumerable.Repeat(list, (int)Math.Max(0, count)).SelectMany(items => items)];
    }

    private static ChatTemplateException Mismatch(string what, object? x, object? y, int line) =>
        new(line, $"cannot {what} {PythonText.TypeOf(x)} and {PythonText.TypeOf(y)}.");
}
