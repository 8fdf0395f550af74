using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>A matrix as coloured cells.</summary>
/// <remarks>Values are [rows, columns]; NaN stays blank. There are no labels or one for each row and column.</remarks>
internal sealed record HeatMapPlot(
    string Title, string XLabel, string YLabel, double[,] Values, string[] RowLabels, string[] ColumnLabels, string Unit)
    : Plot(Title, XLabel, YLabel)
{
    private const double WidestCell = 46;
    private const double HighestCell = 30;
    private const double HighestMap = 460;
    private const int MostCells = 80;

    public HeatMapPlot Checked()
    {
        if (Values.Length == 0)
            throw new ArgumentException($"The matrix is [{Rows}, {Columns}]; a heat map needs at least one row and one column.", "values");
        if (RowLabels.Length > 0)
            PlotData.SameLength("values", Rows, "rowLabels", RowLabels.Length);
        if (ColumnLabels.Length > 0)
            PlotData.SameLength("values (each row)", Columns, "columnLabels", ColumnLabels.Length);
        return this;
    }

    public override Canvas Draw()
    {
        var (shown, block) = Matrix.Pooled(Values, MostCells);
        var (rows, columns) = (shown.GetLength(0), shown.GetLength(1));
        var labels = new CellLabels(block == 1 ? RowLabels : [], block == 1 ? ColumnLabels : []);
        var left = Padding + labels.RowRoom;
        var room = PictureWidth - Padding - left;
        var width = Math.Min(WidestCell, room / columns);
        width = Math.Min(width, (room - labels.RightRoom(width)) / columns);
        var height = Math.Min(Math.Min(HighestCell, width * 1.2), HighestMap / rows);
        var frame = PlotFrame.Cells(Names, left, left + (width * columns), labels.ColumnRoom(width), height * rows);
        var note = block == 1 ? "" : $"Each cell is the mean of {block} × {block} values.";
        var canvas = new Canvas(PictureWidth, frame.Height + 24 + (note.Length > 0 ? 18 : 0), Title, Describe());
        frame.DrawNames(canvas);
        labels.Draw(canvas, left, frame.Top, width, height);
        DrawCells(canvas, shown, frame, width, height, block == 1);
        HeatScale.Of(shown.Cast<double>()).DrawKey(canvas, Padding, frame.Height, Unit);
        canvas.Text(Padding, frame.Height + 30, note, TextStyle.Tick);
        return canvas;
    }

    public override string ToText() => TextHeading() + MatrixText.Write(Values, RowLabels, ColumnLabels);

    public override GenericChart ToChart()
    {
        var scale = HeatScale.Of(Values.Cast<double>());
        var rows = Enumerable.Range(0, Rows).Select(row => Matrix.Row(Values, row)).ToArray();
        var chart = Chart.Heatmap<double, string, string, string>(rows, ColorScale: scale.Colours, UseDefaults: false);
        var trace = ChartLayout.TraceOf(chart);
        var (from, to) = scale.Ends;
        ChartLayout.With(trace, ("z", rows.Select(ChartLayout.Gaps).ToArray()), ("zmin", from), ("zmax", to), ("hoverongaps", false));
        if (ColumnLabels.Length > 0)
            ChartLayout.With(trace, ("x", ColumnLabels));
        if (RowLabels.Length > 0)
            ChartLayout.With(trace, ("y", RowLabels));
        return ChartLayout.Of(this, [chart], downwards: true);
    }

    private int Rows => Values.GetLength(0);

    private int Columns => Values.GetLength(1);

    private void DrawCells(Canvas canvas, double[,] shown, PlotFrame frame, double width, double height, bool whole)
    {
        var cells = new HeatCells(shown, HeatScale.Of(shown.Cast<double>()));
        var written = Matrix.Map(shown, value => double.IsNaN(value) ? "" : NumberFormat.Fixed(value, HeatDecimals(shown)));
        var fits = height >= 14 && written.Cast<string>().All(text => TextMetrics.Width(text, TextStyle.TickSize) + 4 <= width);
        cells.Draw(canvas, frame.Left, frame.Top, width, height, fits || !whole
            ? null
            : (row, column) => $"{Name(RowLabels, row)}, {Name(ColumnLabels, column)}: {NumberFormat.Of(shown[row, column])}");
        if (fits)
            cells.DrawValues(canvas, frame.Left, frame.Top, width, height, written);
    }

    private static int HeatDecimals(double[,] values) =>
        values.Cast<double>().All(value => value == Math.Floor(value))
            ? 0
            : values.Cast<double>().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() < 10 ? 2 : 1;

    private static string Name(string[] labels, int index) => labels.Length > 0 ? labels[index] : index.ToString();

    private string Describe()
    {
        var scale = HeatScale.Of(Values.Cast<double>());
        return $"Heat map of {Rows} rows and {Columns} columns with values from {NumberFormat.Of(scale.Lowest)} to " +
            $"{NumberFormat.Of(scale.Highest)}.";
    }
}
