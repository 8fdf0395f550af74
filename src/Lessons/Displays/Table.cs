using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Rows and columns. Numbers are aligned to the right, all numbers of a column with the same decimals.</summary>
/// <example><code>
/// Table.Of(rows)                                                    // of records, anonymous objects, tuples, dictionaries
/// new Table("step", "ms").Row("prefill", 12.5).Row("decode", 3.1)
/// </code></example>
public sealed partial class Table : Displayable
{
    private readonly string[] _headings;
    private readonly List<object?[]> _rows = [];

    /// <param name="headings">One per column.</param>
    public Table(params string[] headings)
    {
        ArgumentNullException.ThrowIfNull(headings);
        _headings = headings.Length > 0
            ? headings
            : throw new ArgumentException("A table needs at least one column. Pass its headings.", nameof(headings));
    }

    /// <summary>The caption above the table.</summary>
    public string Caption { get; private set; } = "";

    /// <summary>A table of objects: a row for each, and a column for each public property or tuple item.</summary>
    /// <param name="rows">Records, anonymous objects, tuples, key-value pairs, or single values.</param>
    /// <param name="headings">One per column; empty uses the property names. Tuples do not keep their names, so give them here.</param>
    /// <exception cref="ArgumentException">There are not as many headings as columns.</exception>
    public static Table Of<T>(IEnumerable<T> rows, params string[] headings)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var all = rows.ToArray();
        var columns = TableColumns.Of(all.Length == 0 || all[0] is null ? typeof(T) : all[0]!.GetType());
        var table = new Table(headings.Length > 0 ? headings : [.. columns.Names]);
        foreach (var row in all)
            table.Row(columns.CellsOf(row));
        return table;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One per heading.</param>
    /// <exception cref="ArgumentException">There are not as many cells as headings.</exception>
    public Table Row(params object?[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != _headings.Length)
            throw new ArgumentException($"Row {_rows.Count + 1} has {cells.Length} cells; the table has {_headings.Length} " +
                $"columns ({string.Join(", ", _headings)}). Give one cell for each.", nameof(cells));
        _rows.Add(cells);
        return this;
    }

    /// <summary>Sets the caption.</summary>
    public Table Titled(string caption)
    {
        Caption = caption;
        return this;
    }

    /// <inheritdoc/>
    public override string ToHtml()
    {
        var columns = Columns();
        var head = _headings.Select(
            (heading, i) => Markup.Html("th", new XAttribute("scope", "col"), Side(columns[i].Right), VisibleText.Printable(heading)));
        var rows = Enumerable.Range(0, _rows.Count).Select(row =>
            Markup.Html("tr", columns.Select(column => Markup.Html("td", Side(column.Right), VisibleText.Printable(column.Cells[row])))));
        return Markup.Write(Markup.Display(Caption.Length > 0 ? Caption : "Table of " + string.Join(", ", _headings),
            Caption.Length > 0 ? Markup.Html("div", Markup.Class("t"), VisibleText.Printable(Caption)) : null,
            Markup.Html("table", Markup.Html("thead", Markup.Html("tr", head)), Markup.Html("tbody", rows))));
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var columns = Columns();
        var rows = Enumerable.Range(0, _rows.Count).Select(row => columns.Select(column => column.Cells[row]).ToArray()).ToArray();
        return (Caption.Length > 0 ? Caption + "\n" : "") + TextTable.Write(_headings, rows, [.. columns.Select(column => column.Right)]);
    }

    private static XAttribute? Side(bool right) => right ? Markup.Class("r") : null;

    private (string[] Cells, bool Right)[] Columns() =>
        [.. Enumerable.Range(0, _headings.Length).Select(i => Column([.. _rows.Select(row => row[i])]))];

    private static (string[] Cells, bool Right) Column(object?[] values)
    {
        var given = values.Where(value => value is not null).ToArray();
        if (given.Length > 0 && given.All(value => CellText.Number(value) is not null))
        {
            var numbers = new Queue<string>(NumberFormat.Column([.. given.Select(value => CellText.Number(value)!.Value)]));
            return ([.. values.Select(value => value is null ? CellText.Of(null) : numbers.Dequeue())], true);
        }

        string[] cells = [.. values.Select(CellText.Of)];
        return (cells, given.Length > 0
            && given.All(value => value is TimeSpan || CellText.Number(value) is not null || Measure().IsMatch(CellText.Of(value))));
    }

    // A number with at most a short unit behind it: "12.5 ms", "3.1x", "-0.5", "98%".
    [GeneratedRegex(@"^[-+~≈<>]?[\d.,]*\d([×x%]|\s?[A-Za-zµ%°]{1,5}(/[A-Za-z]+)?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Measure();
}
