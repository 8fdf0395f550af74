using System.Text;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>Writes shapes as plain text, tables with aligned columns.</summary>
internal static class PlainText
{
    private const int LineLength = 100;

    /// <summary>A value on its own.</summary>
    public static string Of(ValueShape shape) => shape switch
    {
        ScalarShape scalar => scalar.Text,
        TableShape table => Table(table),
        ObjectShape value when Inline(value) is { Length: > LineLength } => Lines(value),
        _ => Inline(shape),
    };

    /// <summary>A value inside of another, on one line.</summary>
    public static string Inline(ValueShape shape) => shape switch
    {
        ScalarShape { Quoted: true } scalar => $"\"{scalar.Text}\"",
        ScalarShape scalar => scalar.Text,
        ListShape list => $"[{string.Join(", ", list.Items.Select(Inline).Concat(list.Rest is { } rest ? [rest] : []))}]",
        ObjectShape { Name: "" } value => $"({string.Join(", ", value.Members.Select(member => Inline(member.Value)))})",
        ObjectShape { Members: [] } value => value.Name,
        ObjectShape value => $"{value.Name} {{ {string.Join(", ", value.Members.Select(Assignment))} }}",
        TableShape table => InlineTable(table),
        _ => "",
    };

    private static string InlineTable(TableShape table)
    {
        var rows = table.Columns is ["key", "value"]
            ? table.Rows.Select(row => $"{Inline(row[0])}: {Inline(row[1])}")
            : table.Rows.Select(row => $"({string.Join(", ", row.Select(Inline))})");
        return $"{{ {string.Join(", ", rows.Concat(table.Rest is { } rest ? [rest] : []))} }}";
    }

    private static string Lines(ObjectShape value) => string.Join('\n', value.Members.Select(Assignment));

    private static string Assignment(KeyValuePair<string, ValueShape> member) => $"{member.Key} = {Inline(member.Value)}";

    private static string Table(TableShape table)
    {
        var rows = table.Rows.Select(row => row.Select(CellText).ToList()).Prepend([.. table.Columns]).ToList();
        var widths = table.Columns.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        var right = table.Columns.Select((_, column) => IsNumeric(table, column)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => right[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.Append(table.Rest).ToString().TrimEnd('\n');
    }

    private static bool IsNumeric(TableShape table, int column) =>
        table.Rows.Count > 0 && table.Rows.All(row => row[column] is ScalarShape { Numeric: true });

    /// <summary>Inside a column, strings need no quotes.</summary>
    internal static string CellText(ValueShape shape) => shape is ScalarShape scalar ? scalar.Text : Inline(shape);
}
