using System.Numerics;
using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>
/// A summary of a tensor: shape, dtype, device, range, a strip of its
/// first values as colours, and the values at its corners.
/// </summary>
/// <example><code>TensorView.Of(model.Decoder.Embeddings, "embeddings")</code></example>
public sealed partial class TensorView : Displayable
{
    private readonly TensorFacts _facts;

    private TensorView(TensorFacts facts) => _facts = facts;

    /// <summary>An array of numbers, seen as a tensor of one axis.</summary>
    public static TensorView Of<T>(T[] values, string name = "")
        where T : INumberBase<T>
    {
        var numbers = PlotData.Doubles(values, nameof(values));
        return new TensorView(TensorFacts.Of(name, [numbers.Length], TypeName(typeof(T)), "cpu", numbers));
    }

    /// <summary>A matrix of numbers, seen as a tensor of two axes.</summary>
    public static TensorView Of<T>(T[,] values, string name = "")
        where T : INumberBase<T>
    {
        var matrix = Matrix.Of(values);
        return new TensorView(
            TensorFacts.Of(name, [matrix.GetLength(0), matrix.GetLength(1)], TypeName(typeof(T)), "cpu", [.. matrix.Cast<double>()]));
    }

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Tensor {_facts.Name} {_facts.ShapeText}",
        Markup.Html("div", Markup.Class("t"), _facts.Name.Length > 0 ? VisibleText.Printable(_facts.Name) + " " : null,
            Markup.Html("code", _facts.ShapeText)),
        Markup.Html("div", Markup.Class("n"), _facts.Summary),
        Strip(),
        Markup.Html("table", Markup.Html(
            "tbody", _facts.CornerRows().Select(row => Markup.Html("tr", row.Select(cell => Markup.Html("td", Markup.Class("r"), cell)))))),
        _facts.SliceNote.Length > 0 ? Markup.Html("div", Markup.Class("n"), _facts.SliceNote) : null));

    /// <inheritdoc/>
    public override string ToText()
    {
        var rows = _facts.CornerRows();
        var table = rows.Count == 0 ? "" : TextTable.Write([.. rows[0].Select(_ => "")], rows, [.. rows[0].Select(_ => true)]);
        string[] lines = [$"{_facts.Name} {_facts.ShapeText}".Trim(), _facts.Summary, table, _facts.SliceNote];
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    // As tensors call them.
    private static string TypeName(Type type) => type == typeof(float) ? "Float32" : type == typeof(double) ? "Float64" : type.Name;

    private XElement? Strip()
    {
        if (_facts.Sample.Length == 0)
            return null;
        const double Width = 640;
        var (rows, columns) = (_facts.Sample.GetLength(0), _facts.Sample.GetLength(1));
        var (cellWidth, cellHeight) = (Math.Min(24, Width / columns), rows == 1 ? 18.0 : 10.0);
        var scale = HeatScale.Of(_facts.Sample.Cast<double>());
        var canvas = new Canvas(Math.Max(columns * cellWidth, 360) + 2,
            (rows * cellHeight) + 24, $"First values of {_facts.Name}", $"Colours of the first {rows} by {columns} values.");
        new HeatCells(_facts.Sample, scale).Draw(canvas, 1, 1, cellWidth, cellHeight);
        scale.DrawKey(canvas, 1, (rows * cellHeight) + 8, "");
        return Markup.Html("div", canvas.OnPage());
    }
}
