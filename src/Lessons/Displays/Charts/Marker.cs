namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>The marker of a series' points; each series has its own.</summary>
internal static class Marker
{
    public static void Draw(Canvas canvas, int series, double x, double y, double size, string? hover = null) =>
        canvas.Fill(Shape(series % 4, x, y, size), Palette.Colour(series), hover: hover);

    private static string Shape(int shape, double x, double y, double size) => shape switch
    {
        0 => $"M{F(x - size)} {F(y)}a{F(size)} {F(size)} 0 1 0 {F(2 * size)} 0a{F(size)} {F(size)} 0 1 0 {F(-2 * size)} 0z",
        1 => $"M{F(x - size)} {F(y - size)}h{F(2 * size)}v{F(2 * size)}h{F(-2 * size)}z",
        2 => $"M{F(x)} {F(y - (1.3 * size))}l{F(1.25 * size)} {F(2.2 * size)}h{F(-2.5 * size)}z",
        _ => $"M{F(x)} {F(y - (1.4 * size))}l{F(1.4 * size)} {F(1.4 * size)}l{F(-1.4 * size)} {F(1.4 * size)}l{F(-1.4 * size)} " +
            $"{F(-1.4 * size)}z",
    };

    private static string F(double value) => Canvas.F(value);
}
