using System.Text;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Lays rows out as plain text in aligned columns.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    // More rows than these are cut in the middle, and the cut says how many there were.
    private const int MostRows = 120;

    /// <param name="headings">One per column; all empty leaves out the heading.</param>
    /// <param name="rows">As many cells as there are headings.</param>
    /// <param name="rightAligned">Whether each column is aligned to the right.</param>
    /// <param name="mostRows">If there are more rows, only the first and last few are written.</param>
    public static string Write(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows,
        IReadOnlyList<bool> rightAligned, int mostRows = MostRows)
    {
        var cleaned = rows.Select(row => row.Select(OneLine).ToArray()).ToArray();
        var widths = headings.Select((heading, column) =>
            cleaned.Select(row => TextMetrics.Columns(row[column])).Append(TextMetrics.Columns(heading)).Max()).ToArray();
        var text = new StringBuilder();
        if (headings.Any(heading => heading.Length > 0))
        {
            AppendRow(text, headings, widths, rightAligned);
            AppendRow(text, [.. widths.Select(width => new string('─', width))], widths, rightAligned);
        }

        var last = mostRows / 6;
        foreach (var (index, row) in cleaned.Index())
        {
            if (cleaned.Length <= mostRows || index < mostRows - last || index >= cleaned.Length - last)
                AppendRow(text, row, widths, rightAligned);
            else if (index == mostRows - last)
                text.Append("… ").Append(NumberFormat.Of(cleaned.Length - mostRows)).Append(" more rows …\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A bar of blocks whose length is the value's share of the largest, to an eighth of a character.</summary>
    public static string Bar(double value, double largest, int width)
    {
        if (!double.IsFinite(value) || value <= 0 || largest <= 0)
            return "";
        var eighths = (int)Math.Round(8.0 * width * value / largest);
        return eighths == 0
            ? "▏"
            : new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : " ▏▎▍▌▋▊▉"[eighths % 8].ToString());
    }

    private static string OneLine(string cell) => VisibleText.Printable(cell).Replace('\n', '⏎').Replace('\t', ' ');

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells, int[] widths, IReadOnlyList<bool> rightAligned)
    {
        var line = string.Join(Gap, cells.Select((cell, column) => Pad(cell, widths[column], rightAligned[column])));
        text.Append(line.TrimEnd()).Append('\n');
    }

    private static string Pad(string cell, int width, bool right)
    {
        var space = new string(' ', Math.Max(0, width - TextMetrics.Columns(cell)));
        return right ? space + cell : cell + space;
    }
}
