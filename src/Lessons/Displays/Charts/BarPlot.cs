using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>The heights of one series of bars, one per category.</summary>
internal sealed record BarSeries(string Name, double[] Values);

/// <summary>Bars over categories, side by side where there are several series. Long category names make the bars lie down.</summary>
internal sealed record BarPlot(string Title, string XLabel, string YLabel, bool LogY, string[] Categories, BarSeries[] Series, Rule[] Rules)
    : Plot(Title, XLabel, YLabel)
{
    private const double PlotHeight = 240;
    private const double WidestName = 230;

    private IEnumerable<double> AllValues =>
        Series.SelectMany(series => series.Values).Where(double.IsFinite).Concat(Rules.Select(rule => rule.Value));

    public BarPlot Checked()
    {
        foreach (var series in Series)
        {
            PlotData.SameLength("labels", Categories.Length, "values", series.Values.Length);
            if (LogY)
                PlotData.Positive(series.Values, "y");
        }

        return this;
    }

    public override Canvas Draw()
    {
        var range = LogY ? AxisRange.Logarithmic([.. AllValues]) : AxisRange.Linear([.. AllValues], fromZero: true);
        if (LogY)
            range = range with { Low = range.Low / 2 };
        var widest = Categories.Select(name => TextMetrics.Width(name, TextStyle.TickSize)).DefaultIfEmpty(0).Max();
        var slot = (PictureWidth - 80) / Math.Max(1, Categories.Length);
        return widest + 6 <= slot ? DrawUpright(range, slot) : DrawLying(range, Math.Min(widest, WidestName));
    }

    public override string ToText()
    {
        var columns = Series.Select(series => NumberFormat.Column(series.Values)).Prepend(Categories).ToList();
        var headings = Series.Select(series => series.Name.Length > 0 ? series.Name : "value").Prepend(XLabel).ToList();
        var right = headings.Select((_, column) => column > 0).ToList();
        if (Series.Length == 1 && !LogY && Series[0].Values.All(value => value >= 0))
        {
            var largest = Series[0].Values.DefaultIfEmpty(0).Max();
            columns.Add([.. Series[0].Values.Select(value => TextTable.Bar(value, largest, 30))]);
            headings.Add("");
            right.Add(false);
        }

        var rows = Enumerable.Range(0, Categories.Length).Select(row => columns.Select(column => column[row]).ToArray());
        var rules = Rules.Select(rule => $"y = {NumberFormat.Of(rule.Value)}: {rule.Label}");
        return TextHeading() + string.Join('\n', rules.Prepend(TextTable.Write(headings, [.. rows], right)));
    }

    public override GenericChart ToChart() =>
        ChartLayout.Of(this, Series.Select(Trace), logY: LogY ? AxisRange.Logarithmic([.. AllValues]) : null, rules: Rules);

    private GenericChart Trace(BarSeries series, int index) => ChartLayout.WithGaps(
        Chart.Column<double, string, string>(
            series.Values, Keys: Categories, Name: series.Name, MarkerColor: ChartLayout.Colour(index), UseDefaults: false),
        series.Values);

    private static string[] Written(double[] values) =>
        values.Any(value => Math.Abs(value) >= 1e6) ? [.. values.Select(Ticks.Prefixed)] : NumberFormat.Column(values);

    private IEnumerable<LegendKey> Keys() => Series.Length == 1 && Series[0].Name.Length == 0 ? [] : Series.Select((series, index) =>
        new LegendKey(series.Name, (canvas, x, y) => canvas.Rectangle(x + 4, y - 6, 14, 12, Palette.Colour(index), radius: 2)));

    private string Describe() =>
        $"Bars of {YLabel} for {Categories.Length} {(XLabel.Length > 0 ? XLabel : "categories")}: " +
            string.Join(", ", Categories.Zip(Series[0].Values, (name, value) => $"{name} {NumberFormat.Of(value)}").Take(12)) + ".";

    private Canvas DrawUpright(AxisRange range, double slotEstimate)
    {
        var written = Series.Select(series => Written(series.Values)).ToArray();
        var withValues = written.SelectMany(column => column).All(
            value => TextMetrics.Width(value, TextStyle.TickSize) + 2 <= slotEstimate * 0.8 / Series.Length);
        var frame = PlotFrame.Upright(Names, Keys(), range, PlotHeight);
        var canvas = new Canvas(PictureWidth, frame.Height, Title, Describe());
        frame.DrawNames(canvas);
        frame.DrawY(canvas);
        var slot = (frame.Right - frame.Left) / Categories.Length;
        var bar = Math.Min(48, slot * 0.8 / Series.Length);
        for (var i = 0; i < Categories.Length; i++)
        {
            var middle = frame.Left + (slot * (i + 0.5));
            canvas.Text(middle, frame.Bottom + 17, Categories[i], TextStyle.Tick with { Anchor = Anchor.Middle });
            for (var s = 0; s < Series.Length; s++)
                DrawUprightBar(
                    canvas, frame, s, middle + ((s - (Series.Length / 2.0)) * bar), bar, Series[s].Values[i], written[s][i], withValues);
        }

        frame.DrawBaseline(canvas);
        DrawUprightRules(canvas, frame);
        return canvas;
    }

    private static void DrawUprightBar(
        Canvas canvas, PlotFrame frame, int series, double x, double width, double value, string written, bool withValue)
    {
        if (!double.IsFinite(value))
            return;
        var (from, to) = (frame.Y.Base, frame.Y.At(value));
        canvas.Rectangle(x + 0.5, Math.Min(from, to), width - 1, Math.Abs(from - to), Palette.Colour(series), hover: written);
        if (withValue)
            canvas.Text(x + (width / 2), value >= 0 ? to - 4 : to + 12,
                written, TextStyle.Tick with { Anchor = Anchor.Middle, Opacity = 1 });
    }

    private void DrawUprightRules(Canvas canvas, PlotFrame frame)
    {
        foreach (var rule in Rules)
        {
            var y = frame.Y.At(rule.Value);
            canvas.Line(frame.Left, y, frame.Right, y, Canvas.Ink, 1.4, 0.85, "5 4");
            canvas.Text(frame.Right, y - 5, rule.Label, TextStyle.Tick with { Anchor = Anchor.End, Opacity = 1 });
        }
    }

    private Canvas DrawLying(AxisRange range, double nameWidth)
    {
        var written = Series.Select(series => Written(series.Values)).ToArray();
        var bar = Series.Length == 1 ? 16.0 : 12.0;
        var slot = (bar * Series.Length) + 8;
        var endRoom = written.SelectMany(column => column).Select(value => TextMetrics.Width(value, TextStyle.TickSize)).Max() + 6;
        var frame = PlotFrame.Lying(new PlotNames(Title, YLabel, XLabel), Keys(), range, nameWidth, slot * Categories.Length, endRoom);
        var canvas = new Canvas(PictureWidth, frame.Height, Title, Describe());
        frame.DrawNames(canvas);
        frame.DrawX(canvas, grid: true);
        for (var i = 0; i < Categories.Length; i++)
        {
            var top = frame.Top + (slot * i) + 4;
            var name = TextMetrics.Fit(Categories[i], TextStyle.TickSize, nameWidth);
            canvas.Text(frame.Left - 8, top + (bar * Series.Length / 2) + 4,
                name, TextStyle.Tick with { Anchor = Anchor.End, Opacity = 1, Hover = name == Categories[i] ? null : Categories[i] });
            for (var s = 0; s < Series.Length; s++)
                DrawLyingBar(canvas, frame, s, top + (s * bar), bar, Series[s].Values[i], written[s][i]);
        }

        frame.DrawBaseline(canvas, vertical: true);
        foreach (var rule in Rules)
            canvas.Line(frame.X.At(rule.Value), frame.Top, frame.X.At(rule.Value), frame.Bottom, Canvas.Ink, 1.4, 0.85, "5 4");
        return canvas;
    }

    private static void DrawLyingBar(Canvas canvas, PlotFrame frame, int series, double y, double height, double value, string written)
    {
        if (!double.IsFinite(value))
            return;
        var (from, to) = (frame.X.Base, frame.X.At(value));
        canvas.Rectangle(Math.Min(from, to), y + 0.5, Math.Abs(to - from), height - 1, Palette.Colour(series), hover: written);
        canvas.Text(Math.Max(from, to) + 5, y + (height / 2) + 4, written, TextStyle.Tick with { Opacity = 1 });
    }
}
