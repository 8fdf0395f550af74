using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Python's <c>'%s is %d' % (a, b)</c>, for the conversions s, r, d, i, f and %%, with width and precision.</summary>
internal static class StringFormat
{
    public static string Apply(string format, IReadOnlyList<object?> values, int line)
    {
        var text = new StringBuilder();
        var used = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var end = i + 1;
            while (end < format.Length && (char.IsAsciiDigit(format[end]) || format[end] is '.' or '-')) end++;
            if (end == format.Length)
                throw new ChatTemplateException(line, "a format ends in an incomplete %. Write %% for a percent sign.");
            if (format[end] == '%') text.Append('%');
            else if (used == values.Count) throw new ChatTemplateException(line, "a format has more places than values. Give it more values.");
            else text.Append(Convert(format[(i + 1)..end], format[end], values[used++], line));
            i = end;
        }

        return text.ToString();
    }

    private static string Convert(string layout, char conversion, object? value, int line)
    {
        var parts = layout.Split('.');
        var precision = parts.Length > 1 && int.TryParse(parts[1], out var digits) ? Math.Min(digits, 100) : (int?)null;
        var written = conversion switch
        {
            's' => PythonText.Of(value),
            'r' => PythonText.Representation(value),
            'd' or 'i' when Operators.IsNumber(value) => Math.Truncate(Operators.ToDouble(value)).ToString("F0", CultureInfo.InvariantCulture),
            'f' when Operators.IsNumber(value) => Operators.ToDouble(value).ToString($"F{precision ?? 6}", CultureInfo.InvariantCulture),
            _ => throw new ChatTemplateException(line, $"a format cannot write {PythonText.TypeOf(value)} as %{conversion}. Known are s, r, d, i and f."),
        };
        if (conversion is 's' or 'r' && precision < written.Length) written = written[..precision.Value];
        var width = int.TryParse(parts[0].TrimStart('-'), out var wanted) ? Math.Min(wanted, 10_000) : 0;
        return layout.StartsWith('-') ? written.PadRight(width) : written.PadLeft(width, layout.StartsWith('0') && conversion is 'd' or 'f' ? '0' : ' ');
    }
}
