using System.Globalization;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>
/// Formats the numbers of every display: at most four significant digits, commas from five digits on, in every culture.
/// </summary>
internal static class NumberFormat
{
    private const int SignificantDigits = 4;

    // 2048 and 1990 read better without a comma.
    private const double FirstWithCommas = 10_000;

    public static string Of(double value) => Math.Abs(value) switch
    {
        _ when !double.IsFinite(value) => NotFinite(value),
        0 => "0",
        < 1e-4 or >= 1e12 => Scientific(value),
        var size when IsWhole(value) || size >= 1000 => Fixed(value, 0),
        var size => Trimmed(Math.Round(value, DecimalsFor(size))),
    };

    /// <summary>The nearest number of so many significant digits; a whole number is returned as it is.</summary>
    public static double Rounded(double value, int significantDigits)
    {
        if (value == 0 || IsWhole(value) || !double.IsFinite(value))
            return value;
        var decimals = significantDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var power = Math.Pow(10, Math.Abs(decimals));
        return decimals is >= 0 and <= 15 ? Math.Round(value, decimals)
            : decimals > 15 ? Math.Round(value * power) / power
            : Math.Round(value / power) * power;
    }

    /// <summary>How many decimals the largest of the numbers needs for so many significant digits; none where all are whole.</summary>
    public static int DecimalsOf(IEnumerable<double> values, int significantDigits)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return NeededDecimals(finite, DecimalsFor(finite.Select(Math.Abs).DefaultIfEmpty(0).Max(), significantDigits));
    }

    /// <summary>Numbers of one column: all with as many decimals as the largest needs for four significant digits.</summary>
    public static string[] Column(IReadOnlyList<double> values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var largest = finite.Select(Math.Abs).DefaultIfEmpty(0).Max();
        var decimals = NeededDecimals(finite, DecimalsFor(largest));
        return largest is >= 1e12 or (> 0 and < 1e-3) || finite.Any(value => value != 0 && Math.Round(value, decimals) == 0)
            ? [.. values.Select(Of)]
            : [.. values.Select(
                value => double.IsFinite(value) ? Fixed(value, decimals, commas: largest >= FirstWithCommas) : NotFinite(value))];
    }

    public static string Percent(double fraction) => fraction switch
    {
        > 0 and < 0.0001 => "<0.01%",
        >= 0.9995 and < 1 => ">99.9%",
        _ => Fixed(100 * fraction, Math.Round(fraction, 4) < 0.1 ? 2 : 1) + "%",
    };

    public static string Fixed(double value, int decimals) => Fixed(value, decimals, Math.Abs(value) >= FirstWithCommas);

    private static string Fixed(double value, int decimals, bool commas) =>
        (Math.Round(value, decimals) + 0.0).ToString((commas ? "N" : "F") + decimals, CultureInfo.InvariantCulture);

    public static string Scientific(double value)
    {
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var mantissa = Math.Round(value / Math.Pow(10, exponent), SignificantDigits - 1);
        if (Math.Abs(mantissa) >= 10)
            (mantissa, exponent) = (mantissa / 10, exponent + 1);
        var power = "10" + Superscript(exponent);
        return mantissa == 1 ? power : mantissa.ToString("0.###", CultureInfo.InvariantCulture) + "×" + power;
    }

    private static string Superscript(int exponent) =>
        string.Concat(
            exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private static string NotFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";

    private static bool IsWhole(double value) => value == Math.Floor(value);

    private static int NeededDecimals(double[] values, int most) =>
        Enumerable.Range(0, most).FirstOrDefault(
            decimals => values.All(value => Math.Abs(value - Math.Round(value, decimals)) <= 1e-9 * Math.Abs(value)), most);

    private static string Trimmed(double value) => Fixed(value, NeededDecimals([value], DecimalsFor(Math.Abs(value))));

    private static int DecimalsFor(double size, int significantDigits = SignificantDigits) =>
        size == 0 ? 0 : Math.Clamp(significantDigits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 8);
}
