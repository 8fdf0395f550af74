namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Maps values to pixels along one direction and places the labels.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;

    private Axis(double low, double high, int logBase, double[] ticks, string[] labels, double from, double to)
    {
        (Low, High, LogBase, TickValues, TickLabels, _from, _to) = (low, high, logBase, ticks, labels, from, to);
    }

    /// <summary>The value at the axis's beginning.</summary>
    public double Low { get; }

    /// <summary>The value at the axis's end.</summary>
    public double High { get; }

    /// <summary>0 for a linear axis, else 2 or 10.</summary>
    public int LogBase { get; }

    public double[] TickValues { get; }

    public string[] TickLabels { get; }

    /// <summary>An axis whose ends are round numbers at or beyond the range.</summary>
    public static Axis Rounded(AxisRange range, int wantedTicks, double from, double to) =>
        range.LogBase == 0 ? RoundedLinear(range, wantedTicks, from, to) : Logarithmic(range, wantedTicks, from, to);

    /// <summary>An axis that ends exactly where the range ends, labelled at the round numbers within it.</summary>
    public static Axis Exact(AxisRange range, int wantedTicks, double from, double to)
    {
        if (range.LogBase != 0)
            return Logarithmic(range, wantedTicks, from, to);
        var slack = (range.High - range.Low) * 1e-9;
        var ticks = Ticks.Linear(range.Low, range.High, wantedTicks)
            .Where(t => t >= range.Low - slack && t <= range.High + slack).ToArray();
        return new Axis(range.Low, range.High, 0, ticks, ticks.Length == 0 ? [] : Ticks.Labels(ticks), from, to);
    }

    public double At(double value)
    {
        var share = LogBase == 0
            ? (value - Low) / (High - Low)
            : (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low));
        return _from + (share * (_to - _from));
    }

    /// <summary>Where bars begin: at zero, or at the low end of an axis that does not reach it.</summary>
    public double Base => At(LogBase != 0 ? Low : Math.Clamp(0, Low, High));

    private static Axis RoundedLinear(AxisRange range, int wantedTicks, double from, double to)
    {
        var ticks = Ticks.Linear(range.Low, range.High, wantedTicks);
        return new Axis(ticks[0], ticks[^1], 0, ticks, Ticks.Labels(ticks), from, to);
    }

    private static Axis Logarithmic(AxisRange range, int wantedTicks, double from, double to)
    {
        var ticks = Ticks.Logarithmic(range.Low, range.High, range.LogBase, wantedTicks);
        return new Axis(range.Low, range.High, range.LogBase, ticks, Ticks.LogarithmicLabels(ticks, range.LogBase), from, to);
    }
}
