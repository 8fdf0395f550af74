using System.Net;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>Writes shapes as HTML: tables as tables, the rest as preformatted text; every text of the value is encoded.</summary>
internal static class Hypertext
{
    public static string Of(ValueShape shape) => shape switch
    {
        TableShape table => Table(table),
        ObjectShape { Members: not [] } value => Members(value),
        _ => $"<pre>{Encode(PlainText.Of(shape))}</pre>",
    };

    private static string Table(TableShape table)
    {
        var head = string.Concat(table.Columns.Select(column => $"<th>{Encode(column)}</th>"));
        var rows = table.Rows.Select(row => $"<tr>{string.Concat(row.Select(Cell))}</tr>");
        var rest = table.Rest is { } text ? $"<tr><td colspan=\"{table.Columns.Count}\">{Encode(text)}</td></tr>" : "";
        return $"<table><thead><tr>{head}</tr></thead><tbody>{string.Concat(rows)}{rest}</tbody></table>";
    }

    private static string Members(ObjectShape value)
    {
        var caption = value.Name.Length > 0 ? $"<caption>{Encode(value.Name)}</caption>" : "";
        var rows = value.Members.Select(member => $"<tr><th>{Encode(member.Key)}</th>{Cell(member.Value)}</tr>");
        return $"<table>{caption}<tbody>{string.Concat(rows)}</tbody></table>";
    }

    private static string Cell(ValueShape shape)
    {
        var align = shape is ScalarShape { Numeric: true } ? " style=\"text-align:right\"" : "";
        return $"<td{align}>{Encode(PlainText.CellText(shape))}</td>";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
