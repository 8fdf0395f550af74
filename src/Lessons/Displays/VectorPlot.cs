using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Vectors of the plane as arrows. Both axes have the same scale, so that lengths and angles are true.</summary>
/// <example><code>VectorPlot.Of("Two words", ("king", 1, 2), ("queen", 1.5, 2.2)).Arrow("difference", 1, 2, 1.5, 2.2)</code></example>
public sealed class VectorPlot : Drawing
{
    private const double Width = 420;
    private const double Tallest = 400;

    private readonly string _title;
    private readonly Item[] _arrows;

    private VectorPlot(string title, Item[] arrows) => (_title, _arrows) = (title, arrows);

    private sealed record Item(string Name, double X1, double Y1, double X2, double Y2, bool Dashed)
    {
        public double Length => Math.Sqrt(((X2 - X1) * (X2 - X1)) + ((Y2 - Y1) * (Y2 - Y1)));
    }

    /// <summary>Arrows from the origin.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="vectors">At least one, each with its name and two finite components.</param>
    /// <exception cref="ArgumentException">There is no vector, or a component is not finite.</exception>
    public static VectorPlot Of(string title, params IEnumerable<(string Name, double X, double Y)> vectors)
    {
        Item[] arrows = [.. vectors.Select(vector => new Item(vector.Name, 0, 0, vector.X, vector.Y, Dashed: false))];
        if (arrows.Length == 0)
            throw new ArgumentException("vectors is empty; pass at least one (name, x, y).", nameof(vectors));
        return new VectorPlot(title, Checked(arrows));
    }

    /// <summary>The same plot with a dashed arrow between two points, such as the difference of two vectors.</summary>
    /// <exception cref="ArgumentException">A coordinate is not finite.</exception>
    public VectorPlot Arrow(string name, double fromX, double fromY, double toX, double toY) =>
        new(_title, Checked([.. _arrows, new Item(name, fromX, fromY, toX, toY, Dashed: true)]));

    /// <inheritdoc/>
    public override string ToText()
    {
        string[][] columns =
        [
            [.. _arrows.Select(arrow => arrow.Name)],
            [.. _arrows.Select(arrow => $"({NumberFormat.Of(arrow.X1)}, {NumberFormat.Of(arrow.Y1)})")],
            [.. _arrows.Select(arrow => $"({NumberFormat.Of(arrow.X2)}, {NumberFormat.Of(arrow.Y2)})")],
            NumberFormat.Column([.. _arrows.Select(arrow => arrow.Length)]),
        ];
        return _title + "\n" + TextTable.Write(["arrow", "from", "to", "length"],
            [.. _arrows.Select((_, row) => columns.Select(column => column[row]).ToArray())], [false, false, false, true]);
    }

    internal override Canvas Draw()
    {
        var x = Range(_arrows.SelectMany(arrow => new[] { arrow.X1, arrow.X2 }));
        var y = Range(_arrows.SelectMany(arrow => new[] { arrow.Y1, arrow.Y2 }));
        var pixelsPerUnit = Math.Min((Width - 60) / (x.High - x.Low), Tallest / (y.High - y.Low));
        var titles = TextMetrics.Wrap(_title, TextStyle.TitleSize * 1.05, Width - (2 * Plot.Padding));
        var top = Plot.Padding + (titles.Count * 20) + 12;
        var (width, height) = (pixelsPerUnit * (x.High - x.Low), pixelsPerUnit * (y.High - y.Low));
        var left = 46.0;
        var canvas = new Canvas(Math.Max(Width, left + width + 14), top + height + 30, _title, Describe());
        foreach (var (line, text) in titles.Index())
            canvas.Text(Plot.Padding, Plot.Padding + 13 + (line * 20), text, TextStyle.Title);
        var across = Axis.Exact(x, Math.Max(2, (int)(width / 56)), left, left + width);
        var up = Axis.Exact(y, Math.Max(2, (int)(height / 44)), top + height, top);
        DrawGrid(canvas, across, up, left, top, width, height);
        DrawArrows(canvas, across, up, new LabelPlacer(left, top - 8, canvas.Width - 6, top + height + 4));
        return canvas;
    }

    private static AxisRange Range(IEnumerable<double> values)
    {
        double[] all = [.. values, 0];
        var (low, high) = (all.Min(), all.Max());
        var margin = high == low ? 1 : (high - low) * 0.14;
        return new AxisRange(low - margin, high + margin, 0);
    }

    private static void DrawGrid(Canvas canvas, Axis across, Axis up, double left, double top, double width, double height)
    {
        foreach (var (value, label) in across.TickValues.Zip(across.TickLabels))
        {
            canvas.Line(across.At(value), top, across.At(value), top + height, Canvas.Ink, opacity: value == 0 ? 0.6 : 0.14);
            canvas.Text(across.At(value), top + height + 17, label, TextStyle.Tick with { Anchor = Anchor.Middle });
        }

        foreach (var (value, label) in up.TickValues.Zip(up.TickLabels))
        {
            canvas.Line(left, up.At(value), left + width, up.At(value), Canvas.Ink, opacity: value == 0 ? 0.6 : 0.14);
            canvas.Text(left - 7, up.At(value) + 4, label, TextStyle.Tick with { Anchor = Anchor.End });
        }
    }

    private void DrawArrows(Canvas canvas, Axis across, Axis up, LabelPlacer labels)
    {
        foreach (var arrow in _arrows)
        {
            labels.OccupyLine(across.At(arrow.X1), up.At(arrow.Y1), across.At(arrow.X2), up.At(arrow.Y2));
            labels.OccupyPoint(across.At(arrow.X2), up.At(arrow.Y2), 6);
        }

        foreach (var (index, arrow) in _arrows.Index())
            DrawArrow(canvas, across.At(arrow.X1), up.At(arrow.Y1), across.At(arrow.X2),
                up.At(arrow.Y2), Palette.Colour(index), arrow.Dashed);
        foreach (var arrow in _arrows)
        {
            var share = arrow.Dashed ? 0.5 : 1;
            var (x, y) = (arrow.X1 + (share * (arrow.X2 - arrow.X1)), arrow.Y1 + (share * (arrow.Y2 - arrow.Y1)));
            labels.Place(canvas, across.At(x), up.At(y), VisibleText.Shortened(arrow.Name, 24), TextStyle.Label);
        }
    }

    private static void DrawArrow(Canvas canvas, double x1, double y1, double x2, double y2, string colour, bool dashed)
    {
        var length = Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1)));
        if (length < 1)
        {
            canvas.Rectangle(x2 - 3, y2 - 3, 6, 6, colour, radius: 3);
            return;
        }

        var (dx, dy) = ((x2 - x1) / length, (y2 - y1) / length);
        var head = Math.Min(10, length);
        var (neckX, neckY) = (x2 - (dx * head), y2 - (dy * head));
        canvas.Line(x1, y1, neckX, neckY, colour, 2.4, dash: dashed ? "6 4" : "");
        var (wingX, wingY) = (-dy * head * 0.45, dx * head * 0.45);
        canvas.Fill($"M{Canvas.F(x2)} {Canvas.F(y2)}L{Canvas.F(neckX + wingX)} " +
            $"{Canvas.F(neckY + wingY)}L{Canvas.F(neckX - wingX)} {Canvas.F(neckY - wingY)}z", colour);
    }

    private string Describe() => string.Join(
        ", ", _arrows.Take(12).Select(arrow => $"{arrow.Name} ({NumberFormat.Of(arrow.X2)}, {NumberFormat.Of(arrow.Y2)})")) + ".";

    private static Item[] Checked(Item[] arrows)
    {
        foreach (var arrow in arrows)
        {
            double[] numbers = [arrow.X1, arrow.Y1, arrow.X2, arrow.Y2];
            if (!numbers.All(double.IsFinite))
                throw new ArgumentException($"The arrow '{arrow.Name}' has a component that is not finite " +
                    $"({string.Join(", ", numbers.Select(NumberFormat.Of))}). Leave it out.", nameof(arrows));
        }

        return arrows;
    }
}
