using System.Numerics;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Converts matrices to one form, [rows, columns] of doubles.</summary>
internal static class Matrix
{
    public static double[,] Of<T>(T[,] values)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        return Map(values, double.CreateChecked);
    }

    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public static double[,] Of<T>(IReadOnlyList<IReadOnlyList<T>> rows)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = rows.Count == 0 ? 0 : rows[0].Count;
        var result = new double[rows.Count, columns];
        for (var row = 0; row < rows.Count; row++)
        {
            Charts.PlotData.SameLength("row 0", columns, $"row {row}", rows[row].Count);
            for (var column = 0; column < columns; column++)
                result[row, column] = double.CreateChecked(rows[row][column]);
        }

        return result;
    }

    /// <param name="flat">Row by row, from start on.</param>
    /// <param name="start">Index of the first value.</param>
    /// <param name="rows">How many rows to take.</param>
    /// <param name="columns">The length of each row.</param>
    public static double[,] Of(double[] flat, int start, int rows, int columns)
    {
        var result = new double[rows, columns];
        for (var i = 0; i < rows * columns; i++)
            result[i / columns, i % columns] = flat[start + i];
        return result;
    }

    /// <summary>The first rows and columns of a larger matrix.</summary>
    public static double[,] Of(int rows, int columns, int mostRows, int mostColumns, Func<int, int, double> value)
    {
        var result = new double[Math.Min(rows, mostRows), Math.Min(columns, mostColumns)];
        for (var row = 0; row < result.GetLength(0); row++)
        {
            for (var column = 0; column < result.GetLength(1); column++)
                result[row, column] = value(row, column);
        }

        return result;
    }

    public static TResult[,] Map<T, TResult>(T[,] values, Func<T, TResult> map)
    {
        var result = new TResult[values.GetLength(0), values.GetLength(1)];
        for (var row = 0; row < result.GetLength(0); row++)
        {
            for (var column = 0; column < result.GetLength(1); column++)
                result[row, column] = map(values[row, column]);
        }

        return result;
    }

    public static double[] Row(double[,] values, int row) =>
        [.. Enumerable.Range(0, values.GetLength(1)).Select(column => values[row, column])];

    /// <summary>
    /// A matrix of at most so many rows and columns whose cells are means of square
    /// blocks; the block's side is 1 when nothing was pooled.
    /// </summary>
    public static (double[,] Values, int Block) Pooled(double[,] values, int most)
    {
        var (rows, columns) = (values.GetLength(0), values.GetLength(1));
        var block = (Math.Max(rows, columns) + most - 1) / most;
        if (block <= 1)
            return (values, 1);
        var result = new double[(rows + block - 1) / block, (columns + block - 1) / block];
        for (var row = 0; row < result.GetLength(0); row++)
        {
            for (var column = 0; column < result.GetLength(1); column++)
                result[row, column] = BlockMean(values, row * block, column * block, block);
        }

        return (result, block);
    }

    private static double BlockMean(double[,] values, int top, int left, int block) =>
        (from row in Enumerable.Range(top, Math.Min(block, values.GetLength(0) - top))
         from column in Enumerable.Range(left, Math.Min(block, values.GetLength(1) - left))
         where !double.IsNaN(values[row, column])
         select values[row, column]).DefaultIfEmpty(double.NaN).Average();
}
