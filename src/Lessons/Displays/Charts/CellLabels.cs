namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Names of rows and columns along a matrix of cells; those of columns turn when they are wider than a cell.</summary>
internal sealed class CellLabels
{
    private const double WidestRow = 150;
    private const double WidestColumn = 100;
    private const double Size = TextStyle.TickSize;

    private readonly string[] _rows;
    private readonly string[] _columns;

    public CellLabels(IEnumerable<string> rows, IEnumerable<string> columns)
    {
        _rows = [.. rows.Select(name => TextMetrics.Fit(name, Size, WidestRow))];
        _columns = [.. columns.Select(name => TextMetrics.Fit(name, Size, WidestColumn))];
    }

    /// <summary>Room to the left of the cells, in pixels.</summary>
    public double RowRoom => _rows.Length == 0 ? 0 : Widest(_rows) + 8;

    /// <summary>Room above the cells, in pixels.</summary>
    public double ColumnRoom(double cellWidth) => _columns.Length == 0 ? 0 : Turn(cellWidth) switch
    {
        0 => Size + 8,
        45 => (Widest(_columns) * 0.71) + 14,
        _ => Widest(_columns) + 10,
    };

    /// <summary>Room to the right of the cells that slanted names of the last columns take, in pixels.</summary>
    public double RightRoom(double cellWidth) => _columns.Length > 0 && Turn(cellWidth) == 45
        ? _columns.Select((name, i) => (TextMetrics.Width(name, Size) * 0.71) + 8 - ((_columns.Length - i - 0.5) * cellWidth))
            .Append(0).Max()
        : 0;

    public void Draw(Canvas canvas, double left, double top, double cellWidth, double cellHeight)
    {
        for (var row = 0; row < _rows.Length; row += Every(cellHeight))
            canvas.Text(left - 7, top + ((row + 0.5) * cellHeight) + 4,
                _rows[row], TextStyle.Tick with { Anchor = Anchor.End, Opacity = 1 });
        for (var column = 0; column < _columns.Length; column += Turn(cellWidth) == 90 ? Every(cellWidth) : 1)
            DrawColumn(canvas, left + ((column + 0.5) * cellWidth), top - 7, _columns[column], Turn(cellWidth));
    }

    private static void DrawColumn(Canvas canvas, double x, double y, string name, int turn)
    {
        var style = TextStyle.Tick with { Opacity = 1, Turn = -turn, Anchor = turn == 0 ? Anchor.Middle : Anchor.Start };
        canvas.Text(turn == 90 ? x + 4 : x, y, name, style);
    }

    private int Turn(double cellWidth) => Widest(_columns) + 4 <= cellWidth ? 0 : cellWidth >= 18 ? 45 : 90;

    private static int Every(double cell) => Math.Max(1, (int)Math.Ceiling((Size + 2) / cell));

    private static double Widest(string[] names) => names.Select(name => TextMetrics.Width(name, Size)).DefaultIfEmpty(0).Max();
}
