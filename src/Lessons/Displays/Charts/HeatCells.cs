using System.Text;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Draws a matrix as coloured cells. Large maps draw all cells of a colour as one path, which keeps notebooks small.</summary>
/// <param name="values">[rows, columns]; NaN stays blank.</param>
/// <param name="scale">Maps values to colours.</param>
internal sealed class HeatCells(double[,] values, HeatScale scale)
{
    private const int Levels = 20;

    // Cells with a hover text are shapes of their own; beyond this many they would swell the notebook.
    private const int MostWithHover = 300;

    public void Draw(Canvas canvas, double left, double top, double cellWidth, double cellHeight, Func<int, int, string>? hover = null)
    {
        if (hover is not null && values.Length <= MostWithHover)
            DrawEach(canvas, left, top, cellWidth, cellHeight, hover);
        else
            DrawTogether(canvas, left, top, cellWidth, cellHeight);
        canvas.Frame(left, top, values.GetLength(1) * cellWidth, values.GetLength(0) * cellHeight, Canvas.Ink, 0.3);
    }

    /// <summary>Writes the value into each cell, in ink on faint cells and in white on strong ones.</summary>
    public void DrawValues(Canvas canvas, double left, double top, double cellWidth, double cellHeight, string[,] written)
    {
        foreach (var (row, column) in Cells())
        {
            var onStrong = double.IsFinite(values[row, column]) && scale.Strength(values[row, column]) >= 0.82;
            var style = TextStyle.Tick with { Anchor = Anchor.Middle, Opacity = 1, Colour = onStrong ? "#ffffff" : Canvas.Ink };
            canvas.Text(left + ((column + 0.5) * cellWidth), top + ((row + 0.5) * cellHeight) + 4, written[row, column], style);
        }
    }

    private void DrawEach(Canvas canvas, double left, double top, double cellWidth, double cellHeight, Func<int, int, string> hover)
    {
        foreach (var (row, column) in Cells().Where(cell => !double.IsNaN(values[cell.Row, cell.Column])))
        {
            var value = values[row, column];
            canvas.Rectangle(left + (column * cellWidth), top + (row * cellHeight),
                cellWidth, cellHeight, scale.Colour(value), scale.Strength(value), hover: hover(row, column));
        }
    }

    // The path counts in cells, so that its numbers are short; neighbours of one colour in a row are one rectangle.
    private void DrawTogether(Canvas canvas, double left, double top, double cellWidth, double cellHeight)
    {
        var paths = new SortedDictionary<(string Colour, int Level), StringBuilder>();
        for (var row = 0; row < values.GetLength(0); row++)
        {
            for (int column = 0, length; column < values.GetLength(1); column += length)
            {
                var look = Look(values[row, column]);
                length = 1;
                while (column + length < values.GetLength(1) && Look(values[row, column + length]) == look)
                    length++;
                if (look.Level == 0)
                    continue;
                if (!paths.TryGetValue(look, out var path))
                    paths[look] = path = new StringBuilder();
                path.Append($"M{column} {row}h{length}v1h-{length}z");
            }
        }

        foreach (var ((colour, level), path) in paths)
            canvas.FillScaled(path.ToString(), left, top, cellWidth, cellHeight, colour, (double)level / Levels);
    }

    private (string Colour, int Level) Look(double value) =>
        double.IsNaN(value) ? (Palette.Blue, 0) : (scale.Colour(value), (int)Math.Round(scale.Strength(value) * Levels));

    private IEnumerable<(int Row, int Column)> Cells() =>
        from row in Enumerable.Range(0, values.GetLength(0))
        from column in Enumerable.Range(0, values.GetLength(1))
        select (row, column);
}
