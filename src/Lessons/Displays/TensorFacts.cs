namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The data that a <see cref="TensorView"/> shows of a tensor, without the tensor itself.</summary>
/// <param name="Name">The caller's name for it; may be empty.</param>
/// <param name="Shape">The sizes of all axes.</param>
/// <param name="Type">The dtype.</param>
/// <param name="Device">The device of the tensor.</param>
/// <param name="Range">Lowest and highest finite value, mean, standard deviation and how many values are not finite.</param>
/// <param name="Sample">[rows, columns] from the start of its first matrix, for the strip of colours.</param>
/// <param name="Corner">The first and last rows and columns of its first matrix.</param>
internal sealed record TensorFacts(
    string Name, long[] Shape, string Type, string Device, TensorRange Range, double[,] Sample, TensorCorner Corner)
{
    public const int SampleRows = 8;
    public const int SampleColumns = 96;

    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    public string Summary => string.Join(" · ", new[] { $"{Type} on {Device}", Count, Range.Text }.Where(part => part.Length > 0));

    public string SliceNote => Shape.Length > 2 ? $"Values of [{string.Concat(Enumerable.Repeat("0, ", Shape.Length - 2))}:, :], " +
        $"the first of {NumberFormat.Of(Shape.SkipLast(2).Aggregate(1.0, (a, b) => a * b))} matrices." : "";

    private string Count => Shape.Length == 0 ? "one number" : $"{NumberFormat.Of(Shape.Aggregate(1.0, (a, b) => a * b))} values";

    /// <param name="name">As the caller calls it.</param>
    /// <param name="shape">The sizes of all axes.</param>
    /// <param name="type">The dtype.</param>
    /// <param name="device">The device of the tensor.</param>
    /// <param name="flat">All values in row-major order.</param>
    public static TensorFacts Of(string name, long[] shape, string type, string device, double[] flat)
    {
        var (rows, columns) = Matrix(shape);
        return new TensorFacts(name, shape, type, device, TensorRange.Of(flat),
            Displays.Matrix.Of(rows, columns, SampleRows, SampleColumns, (row, column) => flat[(row * columns) + column]),
            TensorCorner.Of(rows, columns, (row, column) => flat[(row * columns) + column]));
    }

    /// <summary>The size of the tensor's first matrix: its last two axes; a vector is one row, a number one cell.</summary>
    public static (int Rows, int Columns) Matrix(long[] shape) => shape.Contains(0) ? (0, 0) : shape.Length switch
    {
        0 => (1, 1),
        1 => (1, (int)shape[0]),
        _ => ((int)shape[^2], (int)shape[^1]),
    };

    /// <summary>The corner's values as text, with … where values were left out.</summary>
    public IReadOnlyList<string[]> CornerRows()
    {
        var written = NumberFormat.Column([.. Corner.Values.SelectMany(row => row)]).AsEnumerable().GetEnumerator();
        var rows = new List<string[]>();
        foreach (var (index, row) in Corner.Values.Index())
        {
            if (index > 0 && index == Corner.RowGap)
                rows.Add([.. Enumerable.Repeat("…", row.Length + (Corner.ColumnGap > 0 ? 1 : 0))]);
            var cells = row.Select(_ => written.MoveNext() ? written.Current : "").ToList();
            if (Corner.ColumnGap > 0)
                cells.Insert(Corner.ColumnGap, "…");
            rows.Add([.. cells]);
        }

        return rows;
    }
}

/// <summary>The range of a tensor's values.</summary>
internal readonly record struct TensorRange(double Lowest, double Highest, double Mean, double Deviation, long NotFinite, long Count)
{
    public string Text => Count == 0 ? "empty"
        : Count == NotFinite ? "no finite value"
        : $"{NumberFormat.Of(Lowest)} to {NumberFormat.Of(Highest)}, mean {NumberFormat.Of(Mean)}, deviation {NumberFormat.Of(Deviation)}" +
            (NotFinite > 0 ? $", {NumberFormat.Of(NotFinite)} not finite" : "");

    public static TensorRange Of(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return new TensorRange(0, 0, 0, 0, values.Length, values.Length);
        var mean = finite.Average();
        var deviation = Math.Sqrt(finite.Sum(value => (value - mean) * (value - mean)) / finite.Length);
        return new TensorRange(finite.Min(), finite.Max(), mean, deviation, values.Length - finite.Length, values.Length);
    }
}
