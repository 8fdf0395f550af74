using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Lines and points over two axes of numbers.</summary>
internal sealed record CartesianPlot(string Title, string XLabel, string YLabel, bool LogX, bool LogY, Series[] Series, Rule[] Rules)
    : Plot(Title, XLabel, YLabel)
{
    private const double PlotHeight = 250;
    private const int MarkedPoints = 24;

    private IEnumerable<double> AllX =>
        Series.SelectMany(series => series.X).Concat(Rules.Where(rule => !rule.Horizontal).Select(rule => rule.Value));

    private IEnumerable<double> AllY => Series.SelectMany(series => series.Y).Where(double.IsFinite).Concat(
        Rules.Where(rule => rule.Horizontal).Select(rule => rule.Value));

    private AxisRange? LogRangeX => LogX
        ? AxisRange.Logarithmic([.. AllX], base2: Series.All(series => series.X.All(AxisRange.IsPowerOfTwo)))
        : null;

    private AxisRange? LogRangeY => LogY ? AxisRange.Logarithmic([.. AllY]) : null;

    private bool OnlyPoints => Series.All(series => series.Kind == SeriesKind.Points);

    /// <summary>The same plot after a check of its numbers.</summary>
    public CartesianPlot Checked()
    {
        foreach (var series in Series)
        {
            PlotData.SameLength("x", series.X.Length, "y", series.Y.Length);
            if (series.Labels.Length > 0)
                PlotData.SameLength("x", series.X.Length, "labels", series.Labels.Length);
            if (LogX)
                PlotData.Positive(series.X, "x");
            if (LogY)
                PlotData.Positive(series.Y, "y");
        }

        return this;
    }

    public override Canvas Draw()
    {
        var x = LogRangeX ?? AxisRange.Linear([.. AllX], fromZero: false);
        var y = LogRangeY ?? AxisRange.Linear([.. AllY], fromZero: false);
        var frame = PlotFrame.Numeric(Names, Keys(), x, y, PlotHeight, inset: 8, rounded: OnlyPoints);
        var canvas = new Canvas(PictureWidth, frame.Height, Title, Describe());
        frame.DrawNames(canvas);
        frame.DrawY(canvas);
        frame.DrawX(canvas, grid: OnlyPoints);
        canvas.Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, Canvas.Ink, opacity: 0.6);
        var labels = new LabelPlacer(frame.Left, frame.Top - 6, frame.Right + 8, frame.Bottom);
        foreach (var (index, series) in Series.Index().Where(pair => pair.Item.Kind == SeriesKind.Line))
            DrawLine(canvas, frame, index, series, labels);
        foreach (var (index, series) in Series.Index())
            DrawMarkers(canvas, frame, index, series, labels);
        foreach (var rule in Rules)
            DrawRule(canvas, frame, rule, labels);
        foreach (var series in Series)
            DrawLabels(canvas, frame, series, labels);
        return canvas;
    }

    public override string ToText()
    {
        var sharesX = Series.Skip(1).All(series => series.X.SequenceEqual(Series[0].X) && series.Labels.Length == 0);
        var tables = sharesX ? SharedTable() : string.Join("\n\n", Series.Select(OwnTable));
        var rules = Rules.Select(rule => $"{(rule.Horizontal ? "y" : "x")} = {NumberFormat.Of(rule.Value)}: {rule.Label}");
        return TextHeading() + string.Join('\n', rules.Prepend(tables));
    }

    public override GenericChart ToChart() => ChartLayout.Of(this, Series.Select(Trace), LogRangeX, LogRangeY, rules: Rules);

    private static GenericChart Trace(Series series, int index)
    {
        var mode = series.Kind == SeriesKind.Line
            ? StyleParam.Mode.Lines_Markers
            : series.Labels.Length > 0 ? StyleParam.Mode.Markers_Text : StyleParam.Mode.Markers;
        var chart = Chart.Scatter<double, double, string>(
            series.X, series.Y, mode, Name: series.Name, MultiText: series.Labels, TextPosition: StyleParam.TextPosition.TopCenter,
            MarkerColor: ChartLayout.Colour(index), MarkerSymbol: ChartLayout.Symbol(index),
            LineColor: ChartLayout.Colour(index), LineDash: ChartLayout.Dash(index), UseDefaults: false);
        return ChartLayout.WithGaps(chart, series.Y);
    }

    private IEnumerable<LegendKey> Keys() =>
        Series is [{ Name.Length: 0 }] ? [] : Series.Select((series, index) => new LegendKey(series.Name, (canvas, x, y) =>
        {
            if (series.Kind == SeriesKind.Line)
                canvas.Line(x, y, x + 20, y, Palette.Colour(index), 2.5, dash: Palette.Dash(index));
            if (series.Kind == SeriesKind.Points || series.X.Length <= MarkedPoints)
                Marker.Draw(canvas, index, x + 10, y, 3.5);
        }));

    private string Describe()
    {
        var kinds = Series.Select(series => series.Kind == SeriesKind.Line ? "line" : "set of points").Distinct();
        var range = AllY.Any() ? $" y runs from {NumberFormat.Of(AllY.Min())} to {NumberFormat.Of(AllY.Max())}." : "";
        return $"{Series.Length} {string.Join(" and ", kinds)}: {YLabel} against {XLabel}.{range}";
    }

    private static void DrawLine(Canvas canvas, PlotFrame frame, int index, Series series, LabelPlacer labels)
    {
        var path = new System.Text.StringBuilder();
        (double X, double Y)? last = null;
        foreach (var (x, y) in series.X.Zip(series.Y))
        {
            if (!double.IsFinite(y))
            {
                last = null;
                continue;
            }

            var (px, py) = (frame.X.At(x), frame.Y.At(y));
            path.Append(last is null ? 'M' : 'L').Append(Canvas.F(px)).Append(' ').Append(Canvas.F(py));
            if (last is { } from)
                labels.OccupyLine(from.X, from.Y, px, py);
            last = (px, py);
        }

        if (path.Length > 0)
            canvas.Stroke(path.ToString(), Palette.Colour(index), 2.2, dash: Palette.Dash(index));
    }

    private static void DrawMarkers(Canvas canvas, PlotFrame frame, int index, Series series, LabelPlacer labels)
    {
        if (series.Kind == SeriesKind.Line && series.X.Length > MarkedPoints)
            return;
        for (var i = 0; i < series.X.Length; i++)
        {
            if (!double.IsFinite(series.Y[i]))
                continue;
            var (x, y) = (frame.X.At(series.X[i]), frame.Y.At(series.Y[i]));
            var name = series.LabelOf(i).Length > 0 ? series.LabelOf(i) + ": " : "";
            Marker.Draw(canvas, index, x, y, series.X.Length > 200 ? 2 : 3.5,
                $"{name}{NumberFormat.Of(series.X[i])}, {NumberFormat.Of(series.Y[i])}");
            labels.OccupyPoint(x, y, 4);
        }
    }

    private static void DrawLabels(Canvas canvas, PlotFrame frame, Series series, LabelPlacer labels)
    {
        for (var i = 0; i < series.Labels.Length; i++)
        {
            if (double.IsFinite(series.Y[i]))
                labels.Place(canvas, frame.X.At(series.X[i]), frame.Y.At(series.Y[i]),
                    VisibleText.Shortened(series.Labels[i], 28), TextStyle.Tick with { Opacity = 1 });
        }
    }

    private static void DrawRule(Canvas canvas, PlotFrame frame, Rule rule, LabelPlacer labels)
    {
        var style = TextStyle.Tick with { Opacity = 1 };
        if (rule.Horizontal)
        {
            var y = frame.Y.At(rule.Value);
            canvas.Line(frame.Left, y, frame.Right, y, Canvas.Ink, 1.4, 0.85, "5 4");
            labels.OccupyLine(frame.Left, y, frame.Right, y);
            labels.PlaceAlong(canvas, frame.Right, y, frame.Left, y, rule.Label, style);
        }
        else
        {
            var x = frame.X.At(rule.Value);
            canvas.Line(x, frame.Top, x, frame.Bottom, Canvas.Ink, 1.4, 0.85, "5 4");
            labels.OccupyLine(x, frame.Top, x, frame.Bottom);
            labels.PlaceAlong(canvas, x, frame.Top, x, frame.Bottom, rule.Label, style);
        }
    }

    private string SharedTable()
    {
        var columns = Series.Select(series => NumberFormat.Column(series.Y)).Prepend(NumberFormat.Column(Series[0].X)).ToList();
        var headings = Series.Select(series => series.Name.Length > 0 ? series.Name : "y").Prepend("x").ToList();
        return WriteTable(headings, columns, Series[0], withBars: Series.Length == 1 && !LogY);
    }

    private string OwnTable(Series series) =>
        WriteTable(["x", series.Name.Length > 0 ? series.Name : "y"],
            [NumberFormat.Column(series.X), NumberFormat.Column(series.Y)], series, withBars: false);

    private static string WriteTable(List<string> headings, List<string[]> columns, Series series, bool withBars)
    {
        var right = headings.ConvertAll(_ => true);
        if (series.Labels.Length > 0)
        {
            columns.Insert(0, series.Labels);
            headings.Insert(0, "");
            right.Insert(0, false);
        }

        var largest = series.Y.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        if (withBars && series.Kind == SeriesKind.Line && series.Y.All(y => y >= 0))
        {
            columns.Add([.. series.Y.Select(y => TextTable.Bar(y, largest, 30))]);
            headings.Add("");
            right.Add(false);
        }

        return TextTable.Write(
            headings, [.. Enumerable.Range(0, series.X.Length).Select(row => columns.Select(column => column[row]).ToArray())], right);
    }
}
