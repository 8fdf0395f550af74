using Plotly.NET;
using Plotly.NET.LayoutObjects;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Shared steps that turn plots into charts of Plotly.NET.</summary>
/// <remarks>
/// F#'s constructors with optional arguments ask C# for all of them, thirty at times, so the package's objects are made empty and given
/// the properties that matter. Their names: https://plotly.com/javascript/reference/layout/.
/// </remarks>
internal static class ChartLayout
{
    private const int WantedTicks = 8;

    public static StyleParam.DrawingStyle Dash(int series) => (series % 7) switch
    {
        0 => StyleParam.DrawingStyle.Solid,
        1 => StyleParam.DrawingStyle.Dash,
        2 => StyleParam.DrawingStyle.Dot,
        3 => StyleParam.DrawingStyle.DashDot,
        4 => StyleParam.DrawingStyle.NewUser([4, 2]),
        5 => StyleParam.DrawingStyle.LongDash,
        _ => StyleParam.DrawingStyle.NewUser([1, 2]),
    };

    public static StyleParam.MarkerSymbol Symbol(int series) => (series % 4) switch
    {
        0 => StyleParam.MarkerSymbol.Circle,
        1 => StyleParam.MarkerSymbol.Square,
        2 => StyleParam.MarkerSymbol.TriangleUp,
        _ => StyleParam.MarkerSymbol.Diamond,
    };

    public static Color Colour(int series) => Color.fromString(Palette.Colour(series));

    /// <summary>JSON has no NaN; null leaves the same gap.</summary>
    public static double?[] Gaps(IEnumerable<double> values) =>
        [.. values.Select(value => double.IsFinite(value) ? value : (double?)null)];

    /// <summary>The one trace of a chart.</summary>
    public static Trace TraceOf(GenericChart chart) => GenericChart.getTraces(chart).Head;

    /// <summary>The same chart with gaps where values are not finite. Plotly.NET does not accept missing values.</summary>
    public static GenericChart WithGaps(GenericChart chart, double[] values)
    {
        if (!values.All(double.IsFinite))
            With(TraceOf(chart), ("y", Gaps(values)));
        return chart;
    }

    /// <summary>The traces with the plot's title, axes and rules around them.</summary>
    public static GenericChart Of(
        Plot plot, IEnumerable<GenericChart> traces, AxisRange? logX = null,
        AxisRange? logY = null, bool downwards = false, IEnumerable<Rule>? rules = null)
    {
        var marks = (rules ?? []).ToArray();
        var layout = With(
            new Layout(),
            ("title", TitleOf(plot.Title)), ("xaxis", AxisOf(plot.XLabel, logX)), ("yaxis", AxisOf(plot.YLabel, logY, downwards)),
            ("shapes", marks.Select(ShapeOf).ToArray()),
            ("annotations", marks.Select(rule => NoteOf(rule, (rule.Horizontal ? logY : logX) is not null)).ToArray()));
        return GenericChart.setLayout(layout, Plotly.NET.CSharp.Chart.Combine([.. traces]));
    }

    /// <summary>The object with some of its properties set.</summary>
    public static T With<T>(T part, params ReadOnlySpan<(string Name, object Value)> properties)
        where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in properties)
            part.SetProperty(name, value);
        return part;
    }

    private static Title TitleOf(string text) => With(new Title(), ("text", text));

    // Left to itself Plotly labels every digit between two powers, in two sizes.
    private static LinearAxis AxisOf(string label, AxisRange? log, bool downwards = false)
    {
        var axis = With(new LinearAxis(), ("title", TitleOf(label)), ("type", log is null ? "-" : "log"), ("automargin", true));
        if (log is { } range)
        {
            var ticks = Ticks.Logarithmic(range.Low, range.High, range.LogBase, WantedTicks);
            With(axis, ("tickmode", "array"), ("tickvals", ticks), ("ticktext", Ticks.LogarithmicLabels(ticks, range.LogBase)));
        }

        return downwards ? With(axis, ("autorange", "reversed")) : axis;
    }

    private static Shape ShapeOf(Rule rule) => With(
        new Shape(),
        ("type", "line"), ("xref", rule.Horizontal ? "paper" : "x"), ("yref", rule.Horizontal ? "y" : "paper"),
        ("x0", rule.Horizontal ? 0 : rule.Value), ("x1", rule.Horizontal ? 1 : rule.Value),
        ("y0", rule.Horizontal ? rule.Value : 0), ("y1", rule.Horizontal ? rule.Value : 1),
        ("line", With(new Line(), ("dash", "dash"), ("width", 1))));

    // On a logarithmic axis Plotly places shapes by value, but annotations by the value's logarithm.
    private static Annotation NoteOf(Rule rule, bool log)
    {
        var place = log ? Math.Log10(rule.Value) : rule.Value;
        return With(
            new Annotation(),
            ("xref", rule.Horizontal ? "paper" : "x"), ("yref", rule.Horizontal ? "y" : "paper"),
            ("x", rule.Horizontal ? 1 : place), ("y", rule.Horizontal ? place : 1),
            ("text", rule.Label), ("showarrow", false), ("yanchor", "bottom"));
    }
}
