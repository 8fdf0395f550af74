using System.Globalization;

namespace LlmRabbitHoles.Agents;

/// <summary>Tells the local time, the date or the day of the week.</summary>
public sealed class Clock(TimeProvider timeProvider) : ITool
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
        return timeProvider.GetLocalNow().ToString(DateFormat(arguments["show"]), CultureInfo.InvariantCulture);
    }

    private static string DateFormat(string show) => show switch
    {
        "time" => "HH:mm",
        "date" => "d MMMM yyyy",
        "day" => "dddd",
        _ => throw new ToolException($"The clock shows time, date or day, not {show}."),
    };
}
