namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>The title, legend, axes and grid around a plot, and the room they leave for it.</summary>
internal sealed class PlotFrame
{
    private const double TitleLine = 20;
    private const double LabelLine = 18;
    private const double TickLine = 20;

    private readonly List<string> _titleLines;
    private readonly Legend _legend;
    private readonly string _xLabel;
    private readonly string _yLabel;
    private readonly double _legendTop;

    private PlotFrame(PlotNames names, IEnumerable<LegendKey> keys)
    {
        const double Inner = Plot.PictureWidth - (2 * Plot.Padding);
        _titleLines = TextMetrics.Wrap(names.Title, TextStyle.TitleSize * 1.05, Inner);
        _legend = new Legend(keys, Inner);
        _xLabel = TextMetrics.Fit(names.XLabel, TextStyle.LabelSize, Inner);
        _yLabel = TextMetrics.Fit(names.YLabel, TextStyle.LabelSize, Inner);
        _legendTop = Plot.Padding + (_titleLines.Count * TitleLine) + (_titleLines.Count > 0 ? 4 : 0);
        Top = _legendTop + _legend.Height + (_yLabel.Length > 0 ? LabelLine : 0) + 8;
    }

    public double Top { get; private init; }

    public double Left { get; private init; }

    public double Right { get; private init; }

    public double Bottom { get; private init; }

    public double Height => Bottom + TickLine + (_xLabel.Length > 0 ? LabelLine : 0) + Plot.Padding - 4;

    public Axis X { get; private init; } = null!;

    public Axis Y { get; private init; } = null!;

    /// <summary>A frame with numbers on both axes.</summary>
    /// <param name="names">Of the figure and its axes.</param>
    /// <param name="keys">Of the legend; none leaves it out.</param>
    /// <param name="x">Values along the horizontal axis.</param>
    /// <param name="y">Values along the vertical axis.</param>
    /// <param name="height">Of the plot itself, in pixels.</param>
    /// <param name="inset">Pixels kept free at the left and right for marks on the very edge.</param>
    /// <param name="rounded">True when the horizontal axis ends at round numbers, false when it ends with the values.</param>
    public static PlotFrame Numeric(
        PlotNames names, IEnumerable<LegendKey> keys, AxisRange x, AxisRange y, double height, double inset, bool rounded = false)
    {
        var bare = new PlotFrame(names, keys);
        var yAxis = Axis.Rounded(y, TicksUp(y, height), bare.Top + height, bare.Top);
        var left = Plot.Padding + WidestTick(yAxis) + 8;
        var right = Plot.PictureWidth - Plot.Padding - 8;
        return new PlotFrame(names, keys)
        {
            Left = left,
            Right = right,
            Bottom = bare.Top + height,
            X = FittingX(x, left + inset, right - inset, rounded),
            Y = yAxis,
        };
    }

    /// <summary>A frame with numbers upwards and categories along the bottom; X is not set.</summary>
    public static PlotFrame Upright(PlotNames names, IEnumerable<LegendKey> keys, AxisRange y, double height)
    {
        var bare = new PlotFrame(names, keys);
        var yAxis = Axis.Rounded(y, TicksUp(y, height), bare.Top + height, bare.Top);
        return new PlotFrame(names, keys)
        {
            Left = Plot.Padding + WidestTick(yAxis) + 8,
            Right = Plot.PictureWidth - Plot.Padding,
            Bottom = bare.Top + height,
            Y = yAxis,
        };
    }

    /// <summary>A frame with numbers along the bottom and categories downwards; Y is not set.</summary>
    /// <param name="names">Of the figure and its axes; the x label names the numbers.</param>
    /// <param name="keys">Of the legend.</param>
    /// <param name="values">Values along the bottom.</param>
    /// <param name="labelWidth">Room for the names of the categories, in pixels.</param>
    /// <param name="height">Of the plot itself, in pixels.</param>
    /// <param name="endRoom">Room to the right of the axis, for values written at the ends of bars, in pixels.</param>
    /// <param name="rounded">True when the axis ends at round numbers, false when it ends with the values.</param>
    public static PlotFrame Lying(PlotNames names, IEnumerable<LegendKey> keys,
        AxisRange values, double labelWidth, double height, double endRoom, bool rounded = true)
    {
        var bare = new PlotFrame(names, keys);
        var left = Plot.Padding + labelWidth + 8;
        var right = Plot.PictureWidth - Plot.Padding - Math.Max(8, endRoom);
        return new PlotFrame(names, keys)
        {
            Left = left,
            Right = right,
            Bottom = bare.Top + height,
            X = FittingX(values, left, right, rounded),
        };
    }

    /// <summary>Room for a title, a legend and axis labels around cells, without axes of numbers.</summary>
    public static PlotFrame Cells(PlotNames names, double left, double right, double extraTop, double height)
    {
        var bare = new PlotFrame(names, []);
        return new PlotFrame(names, [])
        {
            Left = left,
            Right = right,
            Top = bare.Top + extraTop,
            Bottom = bare.Top + extraTop + height,
        };
    }

    public void DrawNames(Canvas canvas)
    {
        foreach (var (index, line) in _titleLines.Index())
            canvas.Text(Plot.Padding, Plot.Padding + 13 + (index * TitleLine), line, TextStyle.Title);
        _legend.Draw(canvas, Plot.Padding, _legendTop);
        canvas.Text(Plot.Padding, _legendTop + _legend.Height + 12, _yLabel, TextStyle.Label);
        var centre = (Left + Right) / 2;
        var half = TextMetrics.Width(_xLabel, TextStyle.LabelSize) / 2;
        canvas.Text(Math.Clamp(centre, Plot.Padding + half, Math.Max(Plot.Padding + half, canvas.Width - Plot.Padding - half)),
            Height - Plot.Padding + 2, _xLabel, TextStyle.Label with { Anchor = Anchor.Middle });
    }

    public void DrawY(Canvas canvas)
    {
        foreach (var (value, label) in Y.TickValues.Zip(Y.TickLabels))
        {
            var y = Y.At(value);
            canvas.Line(Left, y, Right, y, Canvas.Ink, opacity: 0.14);
            canvas.Text(Left - 7, y + 4, label, TextStyle.Tick with { Anchor = Anchor.End });
        }
    }

    /// <param name="canvas">To draw on.</param>
    /// <param name="grid">True to draw lines up from the ticks, false for short marks below the axis.</param>
    public void DrawX(Canvas canvas, bool grid)
    {
        foreach (var (value, label) in X.TickValues.Zip(X.TickLabels))
        {
            var x = X.At(value);
            canvas.Line(x, grid ? Top : Bottom, x, Bottom + (grid ? 0 : 4), Canvas.Ink, opacity: grid ? 0.14 : 0.6);
            canvas.Text(x, Bottom + 17, label, TextStyle.Tick with { Anchor = Anchor.Middle });
        }
    }

    public void DrawBaseline(Canvas canvas, bool vertical = false)
    {
        if (vertical)
            canvas.Line(X.Base, Top, X.Base, Bottom, Canvas.Ink, opacity: 0.6);
        else
            canvas.Line(Left, Y.Base, Right, Y.Base, Canvas.Ink, opacity: 0.6);
    }

    private static int TicksUp(AxisRange range, double height) => (int)(height / (range.LogBase == 0 ? 46 : 28));

    private static double WidestTick(Axis axis) =>
        axis.TickLabels.Select(label => TextMetrics.Width(label, TextStyle.TickSize)).DefaultIfEmpty(0).Max();

    // Fewer and fewer ticks, until no two labels come nearer than a space's width to each other.
    private static Axis FittingX(AxisRange range, double left, double right, bool rounded)
    {
        for (var wanted = 9; ; wanted--)
        {
            var axis = rounded ? Axis.Rounded(range, wanted, left, right) : Axis.Exact(range, wanted, left, right);
            if (wanted <= 2 || LabelsStandApart(axis))
                return axis;
        }
    }

    private static bool LabelsStandApart(Axis axis)
    {
        var spans = axis.TickValues
            .Zip(axis.TickLabels, (value, label) => (At: axis.At(value), Half: TextMetrics.Width(label, TextStyle.TickSize) / 2)).ToArray();
        return spans.Zip(spans.Skip(1), (a, b) => b.At - b.Half - a.At - a.Half).All(space => space >= 10);
    }
}
