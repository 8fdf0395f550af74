using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Values as Python writes them, which is what templates were written for: True, None, ['a', 'b'], 1.0.</summary>
internal sealed class PythonText
{
    private readonly StringBuilder _text = new();
    private readonly Place _place;

    private PythonText(Place place) => _place = place;

    /// <summary>What <c>str(value)</c> gives.</summary>
    public static string Of(object? value, Place place) => value switch
    {
        string text => text,
        Undefined => "",
        null => "None",
        bool flag => flag ? "True" : "False",
        long or double => OfNumber(value),
        _ => Representation(value, place),
    };

    /// <summary>What <c>repr(value)</c> gives.</summary>
    public static string Representation(object? value, Place place)
    {
        var writer = new PythonText(place);
        writer.Write(value);
        return writer._text.ToString();
    }

    /// <summary>The kind of a value, as error messages say it.</summary>
    public static string TypeOf(object? value) => value switch
    {
        null => "none",
        bool => "a boolean",
        long or BigInteger => "a whole number",
        double => "a number",
        string => "a string",
        Undefined => "undefined",
        object?[] => "a tuple",
        ListView { Kind: ViewKind.Range } => "a range",
        ListView { Kind: ViewKind.Generator } => "a generator (make a list of it with the filter list)",
        ListView view => $"a {view.Head}",
        List<object?> => "a list",
        Mapping => "a mapping",
        Callable callable => $"the function '{callable.Name}'",
        Namespace => "a namespace",
        _ => "a loop",
    };

    /// <summary>A number's digits, as both Python and JSON write them.</summary>
    public static string OfNumber(object number) => number switch
    {
        double value => OfDouble(value),
        BigInteger whole => whole.ToString(CultureInfo.InvariantCulture),
        _ => ((long)number).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Whether Python counts a character as white space: four more control characters than .NET.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1C' and <= '\x1F';

    private void Write(object? value)
    {
        _place.Deepen();
        switch (value)
        {
            case null: Append("None"); break;
            case bool flag: Append(flag ? "True" : "False"); break;
            case long or BigInteger or double: Append(OfNumber(value)); break;
            case string text: Append(Quote(text, _place)); break;
            case Undefined: Append("Undefined"); break;
            case object?[] { Length: 1 } tuple: WriteItems("(", tuple, ",)", Write); break;
            case object?[] tuple: WriteItems("(", tuple, ")", Write); break;
            case ListView view:
                Append(view.Head);
                if (view.Kind == ViewKind.Entries) WriteItems("([", view, "])", Write);
                break;
            case List<object?> list: WriteItems("[", list, "]", Write); break;
            case Mapping mapping: WriteItems("{", mapping.Pairs, "}", WriteEntry); break;
            case Namespace made:
                WriteItems(
                    "<Namespace {", made.Attributes.Select(pair => new KeyValuePair<object?, object?>(pair.Key, pair.Value)), "}>",
                    WriteEntry);
                break;
            default: Append($"<{TypeOf(value)}>"); break;
        }
    }

    private void WriteEntry(KeyValuePair<object?, object?> entry)
    {
        Write(entry.Key);
        Append(": ");
        Write(entry.Value);
    }

    private void WriteItems<T>(string open, IEnumerable<T> items, string close, Action<T> write)
    {
        Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) Append(", ");
            first = false;
            write(item);
        }

        Append(close);
    }

    private void Append(string text)
    {
        _place.Characters(text.Length);
        _text.Append(text);
    }

    // The shortest digits that give the number back, with a fraction or an exponent.
    private static string OfDouble(double value)
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

    private static string Quote(string text, Place place)
    {
        place.Characters(text.Length);
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == quote || rune.Value == '\\') quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value == '\n') quoted.Append("\\n");
            else if (rune.Value == '\r') quoted.Append("\\r");
            else if (rune.Value == '\t') quoted.Append("\\t");
            else if (rune.Value == ' ' || IsPrintable(rune)) quoted.Append(rune);
            else
                quoted.Append(rune.Value < 0x100 ? "\\x" : rune.IsBmp ? "\\u" : "\\U")
                    .Append(rune.Value.ToString(rune.Value < 0x100 ? "x2" : rune.IsBmp ? "x4" : "x8", CultureInfo.InvariantCulture));
        }

        return quoted.Append(quote).ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
