using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>
/// Python's <c>'%s is %d' % (a, b)</c>: the conversions s, r, d, i, u, x, X, o, c, f, F, e, E, g, G and %%, with flags, width and
/// precision, and names in brackets.
/// </summary>
internal sealed class StringFormat
{
    private const int MostDigits = 300;
    private readonly string _format;
    private readonly Place _place;
    private readonly Mapping? _names;
    private readonly IReadOnlyList<object?> _values;
    private readonly StringBuilder _text = new();
    private int _used;
    private int _at;

    private StringFormat(string format, object? values, Place place)
    {
        (_format, _place, _names) = (format, place, values as Mapping);
        _values = values as object?[] ?? [values];
    }

    /// <summary>Writes values into a format.</summary>
    /// <param name="format">Text with places for values.</param>
    /// <param name="values">A tuple of them, a mapping of names to them, or a single one.</param>
    /// <param name="place">Where the operator stands.</param>
    public static string Apply(string format, object? values, Place place)
    {
        var formatter = new StringFormat(format, values, place);
        formatter.Write();
        return place.Made(formatter._text.ToString());
    }

    private void Write()
    {
        while (_at < _format.Length)
        {
            var c = _format[_at++];
            if (c == '%') WriteValue();
            else _text.Append(c);
        }

        if (_names is null && _used < _values.Count
            && _values is not [Mapping or Undefined or (List<object?> and not ListView { Kind: not ViewKind.Range })])
            throw _place.Error("a format has fewer places than values. Give it fewer values.");
    }

    private void WriteValue()
    {
        object? named = null;
        var isNamed = Next == '(';
        if (isNamed) named = Named();
        var flags = Run(c => c is '-' or '+' or ' ' or '0' or '#');
        var width = Next == '*'
            ? throw _place.Error("a width of * is not supported in a format. Write the number.")
            : Number(Run(char.IsAsciiDigit), 10_000);
        int? precision = null;
        if (Next == '.')
        {
            _at++;
            precision = Number(Run(char.IsAsciiDigit), MostDigits);
        }

        if (Next == '\0') throw _place.Error("a format ends in an incomplete %. Write %% for a percent sign.");
        var conversion = _format[_at++];
        if (conversion == '%') _text.Append('%');
        else Append(Convert(conversion, isNamed ? named : Value(), precision, flags), flags, width, conversion);
    }

    private char Next => _at < _format.Length ? _format[_at] : '\0';

    private object? Named()
    {
        var end = _format.IndexOf(')', _at);
        if (end < 0) throw _place.Error("a name in a format has no end. Close it with ).");
        var name = _format[(_at + 1)..end];
        _at = end + 1;
        if (_names is null) throw _place.Error("a format with names needs a mapping.");
        return _names.TryGet(name, out var value)
            ? value
            : throw _place.Error($"a format names '{Shortened.Of(name)}', which the mapping does not have.");
    }

    private object? Value() =>
        _used < _values.Count ? _values[_used++] : throw _place.Error("a format has more places than values. Give it more values.");

    private string Run(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < _format.Length && belongs(_format[_at])) _at++;
        return _format[start.._at];
    }

    private int Number(string digits, int most) => digits.Length == 0 ? 0
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw _place.Error($"a width or precision in a format is {Shortened.Of(digits)}; it may be at most {most}.");

    private string Convert(char conversion, object? value, int? precision, string flags)
    {
        switch (conversion)
        {
            case 's': return Cut(PythonText.Of(value, _place), precision);
            case 'r': return Cut(PythonText.Representation(value, _place), precision);
            case 'c' when value is string text && text.EnumerateRunes().Take(2).Count() == 1: return text;
            case 'c' when value is long point && Rune.IsValid((int)Math.Clamp(point, -1, int.MaxValue)):
                return new Rune((int)point).ToString();
            case 'd' or 'i' or 'u' when Numbers.IsWhole(value) || (value is double real && double.IsFinite(real)):
                return Signed(Digits(BigInteger.Abs(Numbers.Whole(value)), 10, precision), Numbers.Whole(value).Sign < 0, flags);
            case 'x' or 'X' or 'o' when Numbers.IsWhole(value) && !flags.Contains('#'):
                var digits = Digits(BigInteger.Abs(Numbers.Whole(value)), conversion == 'o' ? 8 : 16, precision);
                return Signed(conversion == 'X' ? digits.ToUpperInvariant() : digits, Numbers.Whole(value).Sign < 0, flags);
            case 'f' or 'F' or 'e' or 'E' or 'g' or 'G' when Numbers.IsNumber(value) && !flags.Contains('#'):
                var number = Numbers.Float(value, _place);
                return Signed(
                    OfFloat(Math.Abs(number), conversion, precision ?? 6), double.IsNegative(number) && !double.IsNaN(number), flags);
            default:
                throw _place.Error(
                    $"a format cannot write {PythonText.TypeOf(value)} as %{conversion}. Known are s, r, d, i, x, o, c, f, e and g.");
        }
    }

    private static string Digits(BigInteger value, int radix, int? precision)
    {
        var digits = radix switch
        {
            10 => value.ToString(CultureInfo.InvariantCulture),
            16 => value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0'),
            _ => string.Concat(Octal(value).Reverse()),
        };
        return digits.PadLeft(precision ?? 0, '0');
    }

    private static IEnumerable<char> Octal(BigInteger value)
    {
        do
        {
            yield return (char)('0' + (int)(value & 7));
            value >>= 3;
        }
        while (!value.IsZero);
    }

    private static string Signed(string digits, bool negative, string flags) =>
        (negative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "") + digits;

    private static string OfFloat(double number, char conversion, int precision)
    {
        if (!double.IsFinite(number))
            return char.IsUpper(conversion) ? (double.IsNaN(number) ? "NAN" : "INF") : double.IsNaN(number) ? "nan" : "inf";
        return conversion switch
        {
            'f' or 'F' => Fixed(number, precision),
            'e' or 'E' => Scientific(number, precision, conversion),
            _ => General(number, Math.Max(1, precision), conversion),
        };
    }

    private static string Fixed(double number, int precision)
    {
        var digits = Numbers.Rounded(number, precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? digits : $"{digits[..^precision]}.{digits[^precision..]}";
    }

    private static string Scientific(double number, int precision, char letter)
    {
        var exponent = number == 0 ? 0 : (int)Math.Floor(Math.Log10(number));
        var digits = Numbers.Rounded(number, precision - exponent).ToString(CultureInfo.InvariantCulture);
        // The logarithm may be one off, and rounding may give one more digit.
        while (number != 0 && digits.Length != precision + 1)
        {
            exponent += digits.Length > precision + 1 ? 1 : -1;
            digits = Numbers.Rounded(number, precision - exponent).ToString(CultureInfo.InvariantCulture);
        }

        digits = digits.PadRight(precision + 1, '0');
        return $"{digits[0]}{(precision > 0 ? "." : "")}{digits[1..]}{letter}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string General(double number, int precision, char letter)
    {
        var scientific = Scientific(number, precision - 1, letter == 'G' ? 'E' : 'e');
        var at = scientific.IndexOfAny(['e', 'E']);
        var exponent = int.Parse(scientific[(at + 1)..], CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= precision) return Trimmed(scientific[..at]) + scientific[at..];
        return Trimmed(Fixed(number, precision - 1 - exponent));
        static string Trimmed(string digits) => digits.Contains('.') ? digits.TrimEnd('0').TrimEnd('.') : digits;
    }

    private static string Cut(string text, int? precision)
    {
        if (precision is not { } most) return text;
        return string.Concat(text.EnumerateRunes().Take(most).Select(rune => rune.ToString()));
    }

    private void Append(string written, string flags, int width, char conversion)
    {
        _place.Characters(Math.Max(width, written.Length));
        var missing = Math.Max(0, width - written.EnumerateRunes().Count());
        if (flags.Contains('-')) _text.Append(written).Append(' ', missing);
        else if (flags.Contains('0') && conversion is not ('s' or 'r' or 'c'))
        {
            var sign = written.Length > 0 && written[0] is '-' or '+' or ' ' ? 1 : 0;
            _text.Append(written, 0, sign).Append('0', missing).Append(written, sign, written.Length - sign);
        }
        else _text.Append(' ', missing).Append(written);
    }
}
