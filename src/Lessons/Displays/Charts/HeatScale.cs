using Plotly.NET;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>
/// Maps values to a colour's strength: 0 is bare page, the far end the full
/// colour. Values below zero have a colour of their own.
/// </summary>
/// <param name="Bare">The value without any colour: 0, or the lowest value where all are far above 0.</param>
/// <param name="Full">The distance from bare at which the colour is full.</param>
/// <param name="Lowest">The lowest value.</param>
/// <param name="Highest">The highest value.</param>
internal readonly record struct HeatScale(double Bare, double Full, double Lowest, double Highest)
{
    private const int Swatches = 9;
    private const double SwatchWidth = 22;

    public static HeatScale Of(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return new HeatScale(0, 1, 0, 0);
        var (low, high) = (finite.Min(), finite.Max());
        var bare = low > 0.5 * high && low < high ? low : 0;
        var full = Math.Max(Math.Abs(high - bare), Math.Abs(low - bare));
        return new HeatScale(bare, full == 0 ? 1 : full, low, high);
    }

    public double Strength(double value) => Math.Clamp(Math.Abs(value - Bare) / Full, 0, 1);

    public string Colour(double value) => value < Bare ? Palette.Vermillion : Palette.Blue;

    /// <summary>The values at the ends of <see cref="Colours"/>.</summary>
    public (double From, double To) Ends
    {
        get
        {
            var (from, to) = (Math.Min(Bare, Lowest), Math.Max(Bare, Highest));
            return (from, to > from ? to : from + Full);
        }
    }

    /// <summary>The same colours for Plotly. The bare end is transparent, so that they suit dark and light pages.</summary>
    public StyleParam.Colorscale Colours
    {
        get
        {
            var (from, to) = (Math.Min(Bare, Lowest), Math.Max(Bare, Highest));
            var bare = to > from ? (Bare - from) / (to - from) : 0;
            var below = At(0, $"rgba(213,94,0,{Strength(from):0.###})");
            var above = At(1, $"rgba(0,114,178,{(to > from ? Strength(to) : 1):0.###})");
            return StyleParam.Colorscale.NewCustom(
                bare <= 0 ? [At(0, "rgba(0,114,178,0)"), above]
                : bare >= 1 ? [below, At(1, "rgba(213,94,0,0)")]
                : [below, At(bare, "rgba(213,94,0,0)"), At(bare, "rgba(0,114,178,0)"), above]);
        }
    }

    private static Tuple<double, Color> At(double place, string colour) => Tuple.Create(place, Color.fromString(colour));

    /// <summary>A row of swatches from the lowest to the highest value.</summary>
    public void DrawKey(Canvas canvas, double x, double y, string unit)
    {
        string[] ends = [NumberFormat.Of(Math.Min(Bare, Lowest)), NumberFormat.Of(Math.Max(Bare, Highest))];
        canvas.Text(x, y + 10, ends[0], TextStyle.Tick);
        var left = x + TextMetrics.Width(ends[0], TextStyle.TickSize) + 6;
        var (from, to) = (Math.Min(Bare, Lowest), Math.Max(Bare, Highest));
        for (var i = 0; i < Swatches; i++)
        {
            var value = from + ((to - from) * i / (Swatches - 1));
            if (Strength(value) > 0)
                canvas.Rectangle(left + (i * SwatchWidth), y, SwatchWidth, 12, Colour(value), Strength(value));
        }

        canvas.Frame(left, y, Swatches * SwatchWidth, 12, Canvas.Ink, 0.3);
        var end = unit.Length > 0 ? $"{ends[1]} {unit}" : ends[1];
        canvas.Text(left + (Swatches * SwatchWidth) + 6, y + 10, end, TextStyle.Tick);
    }
}
