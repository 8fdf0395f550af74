using System.Numerics;
using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

public sealed partial class Figure
{
    /// <summary>A line through points.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="x">[points], finite, in the order in which they are joined.</param>
    /// <param name="y">[points]; NaN leaves a gap.</param>
    /// <param name="xLabel">What x is, with its unit.</param>
    /// <param name="yLabel">What y is, with its unit.</param>
    /// <param name="name">Of this line, for the legend. Empty: no legend.</param>
    /// <param name="logX">A logarithmic x axis; on base 2 when every x is a power of two.</param>
    /// <param name="logY">A logarithmic y axis.</param>
    /// <exception cref="ArgumentException">x and y differ in length, an x is not finite, or
    /// a logarithmic axis got a value that is not above 0.</exception>
    public static Figure Line<TX, TY>(string title, IEnumerable<TX> x,
        IEnumerable<TY> y, string xLabel = "", string yLabel = "", string name = "", bool logX = false, bool logY = false)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> =>
        Cartesian(
            title, xLabel, yLabel, logX, logY, new Series(name, SeriesKind.Line, PlotData.Finite(x, "x"), PlotData.Doubles(y, "y"), []));

    /// <summary>Points, each with a label where labels are given.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="x">[points], finite.</param>
    /// <param name="y">[points].</param>
    /// <param name="labels">[points], or none.</param>
    /// <param name="xLabel">What x is, with its unit.</param>
    /// <param name="yLabel">What y is, with its unit.</param>
    /// <param name="name">Of these points, for the legend. Empty: no legend.</param>
    /// <param name="logX">A logarithmic x axis.</param>
    /// <param name="logY">A logarithmic y axis.</param>
    /// <exception cref="ArgumentException">x, y and labels differ in length, an x is not finite,
    /// or a logarithmic axis got a value that is not above 0.</exception>
    public static Figure Scatter<TX, TY>(string title, IEnumerable<TX> x, IEnumerable<TY> y,
        IEnumerable<string>? labels = null, string xLabel = "", string yLabel = "", string name = "", bool logX = false, bool logY = false)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> =>
        Cartesian(title, xLabel, yLabel, logX, logY,
            new Series(name, SeriesKind.Points, PlotData.Finite(x, "x"), PlotData.Doubles(y, "y"), [.. labels ?? []]));

    /// <summary>A bar for each category.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="labels">[categories], names or numbers.</param>
    /// <param name="values">[categories]</param>
    /// <param name="xLabel">What the categories are.</param>
    /// <param name="yLabel">What the values are, with their unit.</param>
    /// <param name="name">Of these bars, for the legend. Empty: no legend.</param>
    /// <param name="logY">A logarithmic axis of values.</param>
    /// <exception cref="ArgumentException">labels and values differ in length, or a
    /// logarithmic axis got a value that is not above 0.</exception>
    public static Figure Bar<TLabel, T>(string title, IEnumerable<TLabel> labels,
        IEnumerable<T> values, string xLabel = "", string yLabel = "", string name = "", bool logY = false)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        string[] categories = [.. labels.Select(label => CellText.Of(label))];
        if (categories.Length == 0)
            throw new ArgumentException("labels is empty; a bar chart needs at least one bar.", nameof(labels));
        return new Figure(
            new BarPlot(title, xLabel, yLabel, logY, categories, [new BarSeries(name, PlotData.Doubles(values, "values"))], []).Checked());
    }

    /// <summary>How often values fall into equally wide ranges.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="values">At least one, all finite.</param>
    /// <param name="bins">About how many ranges; their edges are round numbers.</param>
    /// <param name="xLabel">What the values are, with their unit.</param>
    /// <param name="yLabel">What is counted.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static Figure Histogram<T>(string title, IEnumerable<T> values, int bins = 24, string xLabel = "", string yLabel = "count")
        where T : INumberBase<T> =>
        new(HistogramPlot.Of(title, xLabel, yLabel, PlotData.Finite(values, "values"), bins));

    private static Figure Cartesian(string title, string xLabel, string yLabel, bool logX, bool logY, Series series) =>
        new(new CartesianPlot(title, xLabel, yLabel, logX, logY, [series], []).Checked());
}
