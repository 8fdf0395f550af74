using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Values as Python writes them, which is what templates were written for: True, None, ['a', 'b'], 1.0.</summary>
internal static class PythonText
{
    /// <summary>What <c>str(value)</c> gives.</summary>
    public static string Of(object? value) => value switch
    {
        string text => text,
        Undefined => "",
        _ => Representation(value),
    };

    /// <summary>What <c>repr(value)</c> gives.</summary>
    public static string Representation(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => OfDouble(number),
        string text => Quote(text),
        Undefined => "Undefined",
        object?[] { Length: 1 } tuple => $"({Representation(tuple[0])},)",
        object?[] tuple => $"({string.Join(", ", tuple.Select(Representation))})",
        List<object?> list => $"[{string.Join(", ", list.Select(Representation))}]",
        Mapping mapping => $"{{{string.Join(", ", mapping.Select(pair => $"{Representation(pair.Key)}: {Representation(pair.Value)}"))}}}",
        _ => $"<{TypeOf(value)}>",
    };

    /// <summary>The kind of a value, as error messages say it.</summary>
    public static string TypeOf(object? value) => value switch
    {
        null => "none",
        bool => "a boolean",
        long => "a whole number",
        double => "a number",
        string => "a string",
        Undefined => "undefined",
        object?[] => "a tuple",
        List<object?> => "a list",
        Mapping => "a mapping",
        Callable callable => $"the function '{callable.Name}'",
        Namespace => "a namespace",
        _ => "a loop",
    };

    /// <summary>The shortest digits that give the number back, with a fraction or an exponent.</summary>
    public static string OfDouble(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var parts = value.ToString("R", CultureInfo.InvariantCulture).TrimStart('-').Split('E');
        var point = parts[0].IndexOf('.');
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var exponent = (point < 0 ? digits.Length : point) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        (digits, exponent) = zeros == digits.Length ? ("0", 1) : (digits[zeros..].TrimEnd('0'), exponent - zeros);
        return (double.IsNegative(value) ? "-" : "") + Place(digits, exponent);
    }

    // Digits d1 d2 d3 and the place of the point before them: 0.d1d2d3 x 10^exponent.
    private static string Place(string digits, int exponent)
    {
        if (exponent is > 16 or < -3)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{digits[0]}{fraction}e{(exponent > 0 ? '+' : '-')}{Math.Abs(exponent - 1):00}";
        }

        if (exponent <= 0) return "0." + new string('0', -exponent) + digits;
        return digits.Length <= exponent ? digits.PadRight(exponent, '0') + ".0" : $"{digits[..exponent]}.{digits[exponent..]}";
    }

    private static string Quote(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var c in text)
        {
            if (c == quote || c == '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (c == '\r') quoted.Append("\\r");
            else if (c == '\t') quoted.Append("\\t");
            else if (c < ' ' || c is >= '\x7F' and <= '\xA0' or '\xAD') quoted.Append($"\\x{(int)c:x2}");
            else quoted.Append(c);
        }

        return quoted.Append(quote).ToString();
    }
}
