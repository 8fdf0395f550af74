namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Chooses the labels of an axis: steps of 1, 2 or 5 times a power of ten; whole powers on logarithmic axes.</summary>
internal static class Ticks
{
    /// <summary>Multiples of a round step that cover the range, ends included, about as many as wanted.</summary>
    public static double[] Linear(double low, double high, int wanted)
    {
        var step = Step((high - low) / Math.Max(1, wanted));
        var first = Math.Floor((low / step) + 1e-9);
        var last = Math.Ceiling((high / step) - 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that is at least the size.</summary>
    public static double Step(double size)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(size)));
        var digit = size / power;
        return power * (digit <= 1 + 1e-9 ? 1 : digit <= 2 + 1e-9 ? 2 : digit <= 5 + 1e-9 ? 5 : 10);
    }

    /// <summary>
    /// Powers of the base that lie within the range; every k-th where they are too
    /// many. Where there would be few, 2s and 5s come in between.
    /// </summary>
    public static double[] Logarithmic(double low, double high, int logBase, int wanted)
    {
        var first = (int)Math.Floor(Math.Log(low, logBase) + 1e-9);
        var last = (int)Math.Ceiling(Math.Log(high, logBase) - 1e-9);
        double[] digits = logBase == 10 && Math.Log10(high / low) < 2.5 ? [1, 2, 5] : [1];
        var every = Math.Max(1, (int)Math.Ceiling((last - first + 1.0) / Math.Max(2, wanted)));
        return [.. from power in Enumerable.Range(first, last - first + 1)
                   where (power - first) % every == 0
                   from digit in digits
                   let tick = digit * Math.Pow(logBase, power)
                   where tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)
                   select tick];
    }

    /// <summary>Tick labels that share one unit prefix and as many decimals as the step needs: 0.25, 20k, 1.5M.</summary>
    public static string[] Labels(IReadOnlyList<double> ticks)
    {
        var largest = ticks.Select(Math.Abs).Max();
        var step = ticks.Zip(ticks.Skip(1), (a, b) => b - a).DefaultIfEmpty(largest).Min();
        if (step is > 0 and < 0.99e-4)
            return [.. ticks.Select(NumberFormat.Of)];
        var (divisor, prefix) = Prefix(largest);
        var decimals = step <= 0 ? 0 : Decimals(step / divisor);
        return [.. ticks.Select(tick => NumberFormat.Fixed(tick / divisor, decimals) + (tick == 0 ? "" : prefix))];
    }

    /// <summary>
    /// Labels of a logarithmic axis: each tick has its own prefix; on base 2 k is not used, as 1,024 is no round thousand.
    /// </summary>
    public static string[] LogarithmicLabels(IReadOnlyList<double> ticks, int logBase) =>
        [.. ticks.Select(tick => logBase == 2 && tick < 1e6 ? NumberFormat.Of(tick) : Prefixed(tick))];

    /// <summary>A number as short as an axis writes it: 12.5M, 20k, 640.</summary>
    public static string Prefixed(double value)
    {
        var (divisor, prefix) = Prefix(Math.Abs(value));
        return NumberFormat.Of(value / divisor) + prefix;
    }

    private static (double Divisor, string Prefix) Prefix(double size) => size switch
    {
        >= 1e15 => (1, ""),
        >= 1e12 => (1e12, "T"),
        >= 1e9 => (1e9, "G"),
        >= 1e6 => (1e6, "M"),
        >= 1e4 => (1e3, "k"),
        _ => (1, ""),
    };

    private static int Decimals(double step) =>
        Enumerable.Range(0, 8).First(
            decimals => decimals == 7 || Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) < 1e-6);
}
