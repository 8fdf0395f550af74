using System.Globalization;
using System.Numerics;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>
/// Python's numbers: whole ones of any size (a <see cref="long"/> where it fits, else a <see cref="BigInteger"/>), floats, and True and
/// False, which are 1 and 0.
/// </summary>
internal static class Numbers
{
    // Python refuses to write more than 4,300 digits.
    private const int MostBits = 14_000;

    /// <summary>Whether a value can be calculated with.</summary>
    public static bool IsNumber(object? value) => value is bool or long or BigInteger or double;

    /// <summary>Whether a value is a whole number or a boolean.</summary>
    public static bool IsWhole(object? value) => value is bool or long or BigInteger;

    /// <summary>A whole number of any kind; a float loses its fraction and must be finite.</summary>
    public static BigInteger Whole(object? number) => number switch
    {
        bool flag => flag ? 1 : 0,
        long whole => whole,
        BigInteger whole => whole,
        _ => new BigInteger((double)number!),
    };

    /// <summary>A whole number as values hold it.</summary>
    /// <exception cref="ChatTemplateException">The number has thousands of digits.</exception>
    public static object Of(BigInteger number, Place place)
    {
        return number.GetBitLength() <= MostBits ? Smallest(number) : throw TooLarge(place);
    }

    /// <summary>A whole number as a <see cref="long"/> where it fits.</summary>
    public static object Smallest(BigInteger number) => number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;

    /// <summary>A number as a float.</summary>
    /// <exception cref="ChatTemplateException">A whole number is beyond the floats.</exception>
    public static double Float(object? number, Place place)
    {
        var value = number switch
        {
            double real => real,
            bool flag => flag ? 1 : 0,
            long whole => whole,
            // The cast from BigInteger cuts; reading digits rounds to the nearest, as Python does.
            _ => double.Parse(((BigInteger)number!).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        };
        return number is double || double.IsFinite(value)
            ? value
            : throw place.Error("a whole number is too large for a float. Use a smaller one.");
    }

    /// <summary>Below 0, 0 or above 0; null where one is not a number. A whole number and a float are compared exactly.</summary>
    public static int? Compare(object? x, object? y)
    {
        if (x is double a && y is double b) return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
        if (x is double real) return CompareToWhole(real, y);
        if (y is double) return -Compare(y, x);
        return x is long left && y is long right ? left.CompareTo(right) : Whole(x).CompareTo(Whole(y));
    }

    /// <summary>An arithmetic operator.</summary>
    /// <exception cref="ChatTemplateException">A division by zero, or a result that is too large.</exception>
    public static object Calculate(string symbol, object? x, object? y, Place place)
    {
        if (symbol is "/" or "//" or "%" && Compare(y, 0L) == 0) throw place.Error("division by zero.");
        if (symbol == "**") return Power(x, y, place);
        if (x is double || y is double) return Calculate(symbol, Float(x, place), Float(y, place));
        if (symbol == "/") return Divide(Whole(x), Whole(y), place);
        var (a, b) = (Whole(x), Whole(y));
        return Of(
            symbol switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "//" => FloorDivide(a, b),
                _ => a - (b * FloorDivide(a, b)),
            },
            place);
    }

    /// <summary>A float rounded to a number of digits behind the point, halves to the even digit, as exactly as Python does it.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="digits">May be negative: tens, hundreds.</param>
    /// <returns>The digits as a whole number: 2.675 with two digits is 267.</returns>
    public static BigInteger Rounded(double value, int digits)
    {
        var (mantissa, exponent) = Parts(value);
        var (up, down) = (mantissa * BigInteger.Pow(10, Math.Max(0, digits)), BigInteger.Pow(10, Math.Max(0, -digits)));
        if (exponent >= 0) up <<= exponent;
        else down <<= -exponent;
        return DivideToEven(up, down);
    }

    /// <summary>A whole number rounded to tens, hundreds, ..., halves to the even digit.</summary>
    public static BigInteger Rounded(BigInteger value, int zeros)
    {
        var unit = BigInteger.Pow(10, zeros);
        return DivideToEven(value, unit) * unit;
    }

    private static int? CompareToWhole(double real, object? whole)
    {
        if (double.IsNaN(real)) return null;
        if (double.IsInfinity(real)) return real > 0 ? 1 : -1;
        var floor = Math.Floor(real);
        var compared = new BigInteger(floor).CompareTo(Whole(whole));
        return compared == 0 && real > floor ? 1 : compared;
    }

    private static double Calculate(string symbol, double x, double y) => symbol switch
    {
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        "/" => x / y,
        "//" => DivideWithRest(x, y).Quotient,
        _ => DivideWithRest(x, y).Remainder,
    };

    // As CPython's float_divmod: 1.0 // 0.1 is 9.0, though 1.0 / 0.1 is 10.0.
    private static (double Quotient, double Remainder) DivideWithRest(double x, double y)
    {
        var rest = x % y;
        var quotient = (x - rest) / y;
        if (rest == 0) rest = Math.CopySign(0, y);
        else if (y < 0 != rest < 0) (rest, quotient) = (rest + y, quotient - 1);
        if (quotient == 0) return (Math.CopySign(0, x / y), rest);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, rest);
    }

    private static BigInteger FloorDivide(BigInteger x, BigInteger y)
    {
        var quotient = BigInteger.DivRem(x, y, out var rest);
        return !rest.IsZero && rest.Sign < 0 != y.Sign < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger DivideToEven(BigInteger x, BigInteger y)
    {
        var quotient = FloorDivide(x, y);
        var twice = (x - (quotient * y)) * 2;
        return twice > y || (twice == y && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    // The nearest float to a quotient of whole numbers. Beyond 2^53 these are not floats themselves, so digits are divided.
    private static double Divide(BigInteger x, BigInteger y, Place place)
    {
        const long Exact = 1L << 53;
        if (BigInteger.Abs(x) <= Exact && BigInteger.Abs(y) <= Exact) return (double)x / (double)y;
        var shift = 66 - (int)(x.GetBitLength() - y.GetBitLength());
        var quotient = BigInteger.DivRem(shift > 0 ? x << shift : x, shift > 0 ? y : y << -shift, out var rest);
        if (!rest.IsZero && quotient.IsEven) quotient += x.Sign * y.Sign;   // a last bit that stands for all that follow
        return Math.ScaleB(Float(Of(quotient, place), place), -shift) is var result && double.IsFinite(result)
            ? result
            : throw place.Error("the result of '/' is too large for a float.");
    }

    private static object Power(object? x, object? y, Place place)
    {
        if (IsWhole(x) && IsWhole(y) && Whole(y).Sign >= 0) return WholePower(Whole(x), Whole(y), place);
        var (a, b) = (Float(x, place), Float(y, place));
        if (a == 0 && b < 0) throw place.Error("0 cannot be raised to a negative power.");
        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && !double.IsInteger(b))
            throw place.Error("a negative number cannot be raised to a fractional power.");
        var result = Math.Pow(a, b);
        return double.IsFinite(result) || !double.IsFinite(a) || !double.IsFinite(b) ? result : throw TooLarge(place);
    }

    private static object WholePower(BigInteger x, BigInteger y, Place place)
    {
        if (x.IsZero || x.IsOne || x == BigInteger.MinusOne)
            return Of(y.IsZero || x.IsOne ? 1 : x.IsZero ? 0 : y.IsEven ? 1 : -1, place);
        if (y > MostBits || (BigInteger.Abs(x).GetBitLength() - 1) * (long)y > MostBits) throw TooLarge(place);
        return Of(BigInteger.Pow(x, (int)y), place);
    }

    // value = mantissa * 2^exponent
    private static (BigInteger Mantissa, int Exponent) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var (exponent, mantissa) = ((int)(bits >> 52) & 0x7FF, bits & 0xFFFFFFFFFFFFF);
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << 52;
        return (bits < 0 ? -mantissa : mantissa, exponent - 1075);
    }

    private static ChatTemplateException TooLarge(Place place) =>
        place.Error("a number is too large. Whole numbers have at most 4,200 digits here.");
}
