namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Writes a matrix as plain text: its numbers, or shades where the numbers would not fit on a page.</summary>
internal static class MatrixText
{
    private const int MostColumns = 20;
    private const int MostNumbers = 400;
    private const int MostShades = 96;
    private const string Shades = " ·░▒▓█";

    public static string Write(double[,] values, string[] rowLabels, string[] columnLabels) =>
        values.GetLength(1) <= MostColumns && values.Length <= MostNumbers
            ? Numbers(values, rowLabels, columnLabels)
            : Shaded(values, rowLabels);

    private static string Numbers(double[,] values, string[] rowLabels, string[] columnLabels)
    {
        var decimals = NumberFormat.DecimalsOf(values.Cast<double>(), significantDigits: 3);
        var cells = Matrix.Map(values, value => double.IsNaN(value) ? "" : Number(value, decimals));
        var columns = values.GetLength(1);
        string[] headings = columnLabels.Length > 0
            ? columnLabels
            : [.. Enumerable.Range(0, columns).Select(i => rowLabels.Length > 0 ? i.ToString() : "")];
        var rows = Enumerable.Range(0, values.GetLength(0)).Select(row =>
            Enumerable.Range(0, columns).Select(column => cells[row, column])
                .Prepend(rowLabels.Length > 0 ? rowLabels[row] : "").ToArray());
        return TextTable.Write([.. headings.Prepend("")], [.. rows], [.. headings.Select(_ => true).Prepend(false)]);
    }

    /// <summary>The matrix in shades, whatever its size.</summary>
    public static string Shaded(double[,] values, string[] rowLabels)
    {
        var (shown, block) = Matrix.Pooled(values, MostShades);
        var scale = Charts.HeatScale.Of(shown.Cast<double>());
        var labelled = rowLabels.Length > 0 && block == 1;
        var rows = Enumerable.Range(0, shown.GetLength(0)).Select(row =>
            new[] { labelled ? rowLabels[row] : "", string.Concat(Matrix.Row(shown, row).Select(value => Shade(scale, value))) + "│" });
        var signs = scale.Lowest < scale.Bare ? ", signs not shown" : "";
        var pooled = block == 1 ? "" : $" Each sign is the mean of {block} × {block} values.";
        return TextTable.Write(["", ""], [.. rows], [false, false])
            + $"\n{values.GetLength(0)} rows, {values.GetLength(1)} columns, from {NumberFormat.Of(scale.Lowest)} to "
            + $"{NumberFormat.Of(scale.Highest)}; \"{Shades}\" stand for {NumberFormat.Of(scale.Bare)} to "
            + $"{NumberFormat.Of(scale.Bare + scale.Full)}{signs}.{pooled}";
    }

    private static string Number(double value, int decimals) =>
        !double.IsFinite(value)
            ? NumberFormat.Of(value)
            : value != 0 && Math.Round(value, decimals) == 0 ? "~0" : NumberFormat.Fixed(value, decimals);

    private static char Shade(Charts.HeatScale scale, double value) =>
        double.IsNaN(value) ? ' ' : Shades[(int)Math.Round(scale.Strength(value) * (Shades.Length - 1))];
}
