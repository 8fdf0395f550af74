using System.Collections;
using System.Globalization;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Formats a single value for a table's cell or beside a bar.</summary>
internal static class CellText
{
    public static string Of(object? value) => value switch
    {
        null => "–",
        string text => text,
        char letter => letter.ToString(),
        bool yes => yes ? "true" : "false",
        Enum => value.ToString()!,
        TimeSpan time => Duration(time),
        _ when Number(value) is { } number => NumberFormat.Of(number),
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Of)) + "]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <returns>The value as a double, or null when it is not a number.</returns>
    public static double? Number(object? value) =>
        value is Half half ? (double)half
        : value is byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>A duration in a suitable unit: 850 µs, 12.4 ms, 3.21 s.</summary>
    public static string Duration(TimeSpan time) => Math.Abs(time.TotalSeconds) switch
    {
        0 => "0 s",
        < 1e-3 => NumberFormat.Of(Rounded(time.TotalMicroseconds)) + " µs",
        < 1 => NumberFormat.Of(Rounded(time.TotalMilliseconds)) + " ms",
        _ => NumberFormat.Of(Rounded(time.TotalSeconds)) + " s",
    };

    private static double Rounded(double value) =>
        value >= 100 ? Math.Round(value) : value >= 10 ? Math.Round(value, 1) : Math.Round(value, 2);
}
