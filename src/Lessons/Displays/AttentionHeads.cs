using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The attention weights of several heads as small maps with one scale. Made by <see cref="AttentionMap"/>.</summary>
public sealed class AttentionHeads : Drawing
{
    private const double MapSize = 136;
    private const double Gap = 16;

    private readonly string _title;
    private readonly double[][,] _heads;
    private readonly string[] _pieces;

    /// <param name="title">Which layer.</param>
    /// <param name="heads">For each head [queries, keys]; NaN where the mask hides a key.</param>
    /// <param name="pieces">[keys]</param>
    internal AttentionHeads(string title, double[][,] heads, string[] pieces) => (_title, _heads, _pieces) = (title, heads, pieces);

    /// <inheritdoc/>
    public override string ToText()
    {
        string[] names = [.. _pieces.Select(VisibleText.Of)];
        return _title + "\n" + string.Join("\n\n", _heads.Select((head, i) =>
            $"head {i}: rows are queries, columns keys\n" + MatrixText.Shaded(head, names[(names.Length - head.GetLength(0))..])));
    }

    internal override Canvas Draw()
    {
        const double Inner = Plot.PictureWidth - (2 * Plot.Padding);
        var columns = (int)((Inner + Gap) / (MapSize + Gap));
        var rows = (_heads.Length + columns - 1) / columns;
        var titles = TextMetrics.Wrap(_title, TextStyle.TitleSize * 1.05, Inner);
        var top = Plot.Padding + (titles.Count * 20) + 4;
        var height = top + (rows * (MapSize + 26)) + 46;
        var canvas = new Canvas(Plot.PictureWidth,
            height, _title, $"Attention weights of {_heads.Length} heads over {_pieces.Length} tokens, a small map each.");
        foreach (var (line, text) in titles.Index())
            canvas.Text(Plot.Padding, Plot.Padding + 13 + (line * 20), text, TextStyle.Title);
        var scale = HeatScale.Of(_heads.SelectMany(head => head.Cast<double>()));
        foreach (var (index, head) in _heads.Index())
            DrawHead(canvas, index, head, scale, Plot.Padding + (index % columns * (MapSize + Gap)),
                top + (index / columns * (MapSize + 26)));
        scale.DrawKey(canvas, Plot.Padding, height - 44, "of the attention");
        canvas.Text(Plot.Padding,
            height - 12, "Rows are queries from the first token down to the last, columns the keys they look at.", TextStyle.Tick);
        return canvas;
    }

    private static void DrawHead(Canvas canvas, int index, double[,] head, HeatScale scale, double left, double top)
    {
        var (shown, _) = Matrix.Pooled(head, 64);
        canvas.Text(left, top + 12, $"head {index}", TextStyle.Label);
        new HeatCells(shown, scale).Draw(canvas, left, top + 18, MapSize / shown.GetLength(1), MapSize / shown.GetLength(0));
    }
}
