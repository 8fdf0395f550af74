using System.Numerics;
using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

public sealed partial class Figure
{
    /// <summary>
    /// A matrix as coloured cells: the stronger the colour, the farther from zero; values below zero have another colour.
    /// </summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="values">[rows, columns]; NaN stays blank.</param>
    /// <param name="rowLabels">[rows], or none.</param>
    /// <param name="columnLabels">[columns], or none.</param>
    /// <param name="xLabel">What the columns are.</param>
    /// <param name="yLabel">What the rows are.</param>
    /// <param name="unit">Of the values.</param>
    /// <exception cref="ArgumentException">The matrix is empty, or the labels do not match it.</exception>
    public static Figure HeatMap<T>(string title, T[,] values, IEnumerable<string>? rowLabels = null,
        IEnumerable<string>? columnLabels = null, string xLabel = "", string yLabel = "", string unit = "")
        where T : INumberBase<T> => HeatMapOf(title, Matrix.Of(values), rowLabels, columnLabels, xLabel, yLabel, unit);

    /// <inheritdoc cref="HeatMap{T}(string, T[,], IEnumerable{string}, IEnumerable{string}, string, string, string)"/>
    public static Figure HeatMap<T>(string title, IReadOnlyList<IReadOnlyList<T>> values, IEnumerable<string>? rowLabels = null,
        IEnumerable<string>? columnLabels = null, string xLabel = "", string yLabel = "", string unit = "")
        where T : INumberBase<T> => HeatMapOf(title, Matrix.Of(values), rowLabels, columnLabels, xLabel, yLabel, unit);

    private static Figure HeatMapOf(string title, double[,] values, IEnumerable<string>? rowLabels,
        IEnumerable<string>? columnLabels, string xLabel, string yLabel, string unit) =>
        new(new HeatMapPlot(title, xLabel, yLabel, values, [.. rowLabels ?? []], [.. columnLabels ?? []], unit).Checked());
}
