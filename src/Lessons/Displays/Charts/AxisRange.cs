namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>The values an axis must show. Low is below High; on a logarithmic axis both are above 0.</summary>
internal readonly record struct AxisRange(double Low, double High, int LogBase)
{
    /// <summary>The range of the values. It includes zero where the values come near to it, so that heights can be compared.</summary>
    public static AxisRange Linear(IReadOnlyCollection<double> values, bool fromZero)
    {
        var (low, high) = values.Count == 0 ? (0.0, 1.0) : (values.Min(), values.Max());
        if (fromZero || (low >= 0 && low <= 0.5 * high))
            low = Math.Min(0, low);
        if (fromZero || (high <= 0 && high >= 0.5 * low))
            high = Math.Max(0, high);
        if (low == high)
            (low, high) = low == 0 ? (0, 1) : (low - (Math.Abs(low) * 0.1), high + (Math.Abs(high) * 0.1));
        return new AxisRange(low, high, 0);
    }

    /// <summary>The range of positive values, widened to whole powers where there are few. On base 2 the ends stay as they are.</summary>
    public static AxisRange Logarithmic(IReadOnlyCollection<double> values, bool base2 = false)
    {
        if (values.Count == 0)
            return new AxisRange(1, 10, 10);
        var (low, high) = (values.Min(), values.Max());
        var logBase = base2 ? 2 : 10;
        if (logBase == 10 && high / low > 5)
            (low, high) = (FloorTo125(low), CeilingTo125(high));
        if (high / low < 1.5)
            (low, high) = (low / 2, high * 2);
        return new AxisRange(low, high, logBase);
    }

    public static bool IsPowerOfTwo(double value) => value > 0 && Math.Log2(value) == Math.Floor(Math.Log2(value));

    private static double CeilingTo125(double value) => Ticks.Step(value);

    private static double FloorTo125(double value)
    {
        var above = Ticks.Step(value);
        if (above <= value * (1 + 1e-9))
            return above;
        var leading = Math.Round(above / Math.Pow(10, Math.Floor(Math.Log10(above) + 1e-9)));
        return leading == 5 ? above * 0.4 : above / 2;
    }
}
