using System.Globalization;

namespace LlmRabbitHoles.Agents;

/// <summary>Tells the time, the date or the day of the week in the machine's time zone.</summary>
/// <param name="clock">The source of the time.</param>
public sealed class Clock(TimeProvider clock) : ITool
{
    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public string Description => "tells the time, the date or the day";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; } = ["show"];

    /// <inheritdoc/>
    public string Invoke(IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return clock.GetLocalNow().ToString(Pattern(arguments["show"]), CultureInfo.InvariantCulture);
    }

    private static string Pattern(string show) => show switch
    {
        "time" => "HH:mm",
        "date" => "d MMMM yyyy",
        "day" => "dddd",
        _ => throw new ToolException($"The clock shows time, date or day, not {show}."),
    };
}
