namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>The style of a series.</summary>
internal enum SeriesKind
{
    Line,
    Points,
}

/// <summary>Pairs of numbers under one name. A y that is not finite leaves a gap.</summary>
/// <param name="Name">Shown in the legend; empty when there is only one series.</param>
/// <param name="Kind">Line or points.</param>
/// <param name="X">One per pair, finite.</param>
/// <param name="Y">One per pair.</param>
/// <param name="Labels">None, or one per pair.</param>
internal sealed record Series(string Name, SeriesKind Kind, double[] X, double[] Y, string[] Labels)
{
    public string LabelOf(int index) => Labels.Length == 0 ? "" : Labels[index];
}

/// <summary>A straight dashed line across a figure at one value, such as a limit of the machine.</summary>
internal sealed record Rule(double Value, string Label, bool Horizontal);
