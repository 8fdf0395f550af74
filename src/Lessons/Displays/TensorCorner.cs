namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The first and last rows and columns of a matrix.</summary>
/// <param name="Values">The kept values, row by row.</param>
/// <param name="RowGap">The index of the first row after the left-out ones; 0 when all rows are there.</param>
/// <param name="ColumnGap">The same for columns.</param>
internal sealed record TensorCorner(double[][] Values, int RowGap, int ColumnGap)
{
    private const int MostRows = 6;
    private const int MostColumns = 8;

    public static TensorCorner Of(int rows, int columns, Func<int, int, double> value)
    {
        var (shownRows, rowGap) = Kept(rows, MostRows);
        var (shownColumns, columnGap) = Kept(columns, MostColumns);
        return new TensorCorner(
            [.. shownRows.Select(row => shownColumns.Select(column => value(row, column)).ToArray())], rowGap, columnGap);
    }

    private static (int[] Kept, int Gap) Kept(int count, int most) =>
        count <= most
            ? ([.. Enumerable.Range(0, count)], 0)
            : ([.. Enumerable.Range(0, most / 2), .. Enumerable.Range(count - (most / 2), most / 2)], most / 2);
}
