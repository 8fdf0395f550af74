using System.Numerics;
using LlmRabbitHoles.Lessons.Displays.Charts;
using Plotly.NET;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>
/// A chart. Start with <c>Figure.Line</c>, <c>Bar</c>, <c>Scatter</c>, <c>HeatMap</c> or <c>Histogram</c>; the <c>Add</c>
/// methods return a figure with more in it, and <c>Chart</c> gives the chart of Plotly.NET.
/// </summary>
/// <example><code>Figure.Line("Time per token", x: lengths, y: ms, xLabel: "tokens in the cache", yLabel: "ms")</code></example>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = [MimeTypes.Svg, MimeTypes.Plotly, MimeTypes.Text])]
public sealed partial class Figure : Drawing
{
    private readonly Plot _plot;

    internal Figure(Plot plot) => _plot = plot;

    /// <summary>The figure as a chart of Plotly.NET, whose methods go on from here.</summary>
    public GenericChart Chart => _plot.ToChart();

    /// <inheritdoc/>
    public override string ToText() => _plot.ToText();

    /// <summary>The figure as Plotly's JSON, for pages that draw it interactively.</summary>
    public string ToPlotly() => GenericChart.toFigureJson(Chart);

    /// <summary>The same figure with another line.</summary>
    /// <param name="name">Of the line, for the legend.</param>
    /// <param name="x">[points], finite.</param>
    /// <param name="y">[points]; NaN leaves a gap.</param>
    /// <exception cref="InvalidOperationException">The figure has no axes of numbers.</exception>
    public Figure AddLine<TX, TY>(string name, IEnumerable<TX> x, IEnumerable<TY> y)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> => With(new Series(name, SeriesKind.Line, PlotData.Finite(x, "x"), PlotData.Doubles(y, "y"), []));

    /// <summary>The same figure with another set of points.</summary>
    /// <param name="name">Of the points, for the legend.</param>
    /// <param name="x">[points], finite.</param>
    /// <param name="y">[points].</param>
    /// <param name="labels">[points], or none.</param>
    /// <exception cref="InvalidOperationException">The figure has no axes of numbers.</exception>
    public Figure AddPoints<TX, TY>(string name, IEnumerable<TX> x, IEnumerable<TY> y, IEnumerable<string>? labels = null)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> =>
        With(new Series(name, SeriesKind.Points, PlotData.Finite(x, "x"), PlotData.Doubles(y, "y"), [.. labels ?? []]));

    /// <summary>The same figure with another bar beside each.</summary>
    /// <param name="name">Of the bars, for the legend.</param>
    /// <param name="values">[categories]</param>
    /// <exception cref="InvalidOperationException">The figure has no bars.</exception>
    public Figure AddBars<T>(string name, IEnumerable<T> values)
        where T : INumberBase<T> => _plot is BarPlot bars
            ? new Figure((bars with { Series = [.. bars.Series, new BarSeries(name, PlotData.Doubles(values, "values"))] }).Checked())
            : throw new InvalidOperationException($"The figure '{_plot.Title}' has no bars to add to. Start it with Figure.Bar.");

    /// <summary>The same figure with a dashed line across it at one height, such as a limit of the machine.</summary>
    /// <exception cref="InvalidOperationException">The figure has no vertical axis of values.</exception>
    public Figure AddHorizontalLine(double value, string label) => _plot switch
    {
        CartesianPlot plot => new Figure(plot with { Rules = [.. plot.Rules, RuleAt(value, label, horizontal: true, plot.LogY)] }),
        BarPlot bars => new Figure(bars with { Rules = [.. bars.Rules, RuleAt(value, label, horizontal: true, bars.LogY)] }),
        _ => throw new InvalidOperationException(
            $"The figure '{_plot.Title}' has no axis for a horizontal line. Use it with Figure.Line, Scatter or Bar."),
    };

    /// <summary>The same figure with a dashed line down it at one x.</summary>
    /// <exception cref="InvalidOperationException">The figure has no horizontal axis of numbers.</exception>
    public Figure AddVerticalLine(double value, string label) => _plot is CartesianPlot plot
        ? new Figure(plot with { Rules = [.. plot.Rules, RuleAt(value, label, horizontal: false, plot.LogX)] })
        : throw new InvalidOperationException(
            $"The figure '{_plot.Title}' has no axis for a vertical line. Use it with Figure.Line or Scatter.");

    internal override Canvas Draw() => _plot.Draw();

    private Figure With(Series series) => _plot is CartesianPlot plot
        ? new Figure((plot with { Series = [.. plot.Series, series] }).Checked())
        : throw new InvalidOperationException(
            $"The figure '{_plot.Title}' has no axes of numbers to add '{series.Name}' to. Start it with Figure.Line or Figure.Scatter.");

    private static Rule RuleAt(double value, string label, bool horizontal, bool log)
    {
        PlotData.Finite([value], "value");
        if (log)
            PlotData.Positive([value], horizontal ? "y" : "x");
        return new Rule(value, label, horizontal);
    }
}
