using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>How many values fall into each of some equally wide bins whose edges are round numbers.</summary>
/// <remarks>There is one more edge than counts. A bin includes its left edge; the last includes both.</remarks>
internal sealed record HistogramPlot(string Title, string XLabel, string YLabel, double[] Edges, int[] Counts)
    : Plot(Title, XLabel, YLabel)
{
    private const double PlotHeight = 220;

    /// <param name="title">What is counted.</param>
    /// <param name="xLabel">What the values are.</param>
    /// <param name="yLabel">What is counted, such as "tokens".</param>
    /// <param name="values">At least one, all finite.</param>
    /// <param name="bins">About how many bins; the edges' roundness decides.</param>
    public static HistogramPlot Of(string title, string xLabel, string yLabel, double[] values, int bins)
    {
        if (values.Length == 0)
            throw new ArgumentException("values is empty; a histogram needs at least one value.", nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var range = values.Min() == values.Max()
            ? new AxisRange(values.Min() - 0.5, values.Min() + 0.5, 0)
            : new AxisRange(values.Min(), values.Max(), 0);
        var edges = Ticks.Linear(range.Low, range.High, bins);
        var counts = new int[edges.Length - 1];
        foreach (var value in values)
            counts[BinOf(value, edges)]++;
        return new HistogramPlot(title, xLabel, yLabel, edges, counts);
    }

    public override Canvas Draw()
    {
        var y = AxisRange.Linear([.. Counts.Select(count => (double)count)], fromZero: true);
        var frame = PlotFrame.Numeric(Names, [], new AxisRange(Edges[0], Edges[^1], 0), y, PlotHeight, inset: 4);
        var canvas = new Canvas(PictureWidth, frame.Height,
            Title, $"Histogram of {Counts.Sum()} values of {XLabel} from {NumberFormat.Of(Edges[0])} to {NumberFormat.Of(Edges[^1])}.");
        frame.DrawNames(canvas);
        frame.DrawY(canvas);
        for (var i = 0; i < Counts.Length; i++)
        {
            var (left, right, top) = (frame.X.At(Edges[i]), frame.X.At(Edges[i + 1]), frame.Y.At(Counts[i]));
            if (Counts[i] > 0)
                canvas.Rectangle(left + 0.5, top, right - left - 1, frame.Bottom - top,
                    Palette.Blue, hover: $"{BinName(i)}: {NumberFormat.Of(Counts[i])}");
        }

        frame.DrawX(canvas, grid: false);
        frame.DrawBaseline(canvas);
        return canvas;
    }

    public override string ToText()
    {
        var largest = Counts.Max();
        var rows = Counts.Select((count, i) => new[] { BinName(i), NumberFormat.Of(count), TextTable.Bar(count, largest, 30) }).ToArray();
        return TextHeading() + TextTable.Write(["from … below", YLabel, ""], rows, [true, true, false]);
    }

    public override GenericChart ToChart()
    {
        var middles = Counts.Select((_, i) => (Edges[i] + Edges[i + 1]) / 2).ToArray();
        return ChartLayout.Of(this, [Chart.Column<double, double, string>(
            Counts.Select(count => (double)count).ToArray(), Keys: middles,
            Width: Edges[1] - Edges[0], MarkerColor: Color.fromString(Palette.Blue), UseDefaults: false)]);
    }

    private string BinName(int bin)
    {
        var names = Ticks.Labels(Edges);
        return $"{names[bin]} … {names[bin + 1]}";
    }

    private static int BinOf(double value, double[] edges) =>
        Math.Clamp((int)Math.Floor(((value - edges[0]) / (edges[1] - edges[0])) + 1e-9), 0, edges.Length - 2);
}
