namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>A key of a legend: how a series looks and what it is called.</summary>
internal sealed record LegendKey(string Name, Action<Canvas, double, double> Draw);

/// <summary>Names of series beside a sample of each, in as many rows as they need.</summary>
internal sealed class Legend
{
    private const double SampleWidth = 26;
    private const double Gap = 18;
    private const double RowHeight = 20;

    private readonly List<(LegendKey Key, string Name, double X, int Row)> _placed = [];

    public Legend(IEnumerable<LegendKey> keys, double width)
    {
        double x = 0;
        var row = 0;
        foreach (var key in keys)
        {
            var name = TextMetrics.Fit(key.Name, TextStyle.LabelSize, width - SampleWidth);
            var needed = SampleWidth + TextMetrics.Width(name, TextStyle.LabelSize);
            if (x > 0 && x + needed > width)
                (x, row) = (0, row + 1);
            _placed.Add((key, name, x, row));
            x += needed + Gap;
        }

        Height = _placed.Count == 0 ? 0 : ((row + 1) * RowHeight) + 4;
    }

    public double Height { get; }

    public void Draw(Canvas canvas, double left, double top)
    {
        foreach (var (key, name, x, row) in _placed)
        {
            var middle = top + (row * RowHeight) + (RowHeight / 2);
            key.Draw(canvas, left + x, middle);
            canvas.Text(left + x + SampleWidth, middle + 4, name, TextStyle.Label);
        }
    }
}
