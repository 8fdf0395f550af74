using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>A claim in a cell's stored output, so that text can be rendered without a run.</summary>
/// <param name="Id">The id that ties a number of the text to this claim: see <see cref="ClaimText"/>.</param>
/// <param name="Name">The name in the output.</param>
/// <param name="Value">The value of the run.</param>
/// <param name="Unit">The unit; empty for a plain number.</param>
/// <param name="AtLeast">The lower end of the band; minus infinity for none.</param>
/// <param name="AtMost">The upper end of the band; infinity for none.</param>
/// <param name="Device">The device of the run: <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Text">Value and unit, formatted for readers.</param>
public sealed record ClaimRecord(
    string Id, string Name, double Value, string Unit, double AtLeast, double AtMost, string Device, string Text)
{
    /// <summary>The mime type of this record in a claim's output. Front ends that do not know it show another representation.</summary>
    public const string MimeType = "application/vnd.rabbit.claim+json";

    /// <summary>Where the claim does not hold; null without a control.</summary>
    public string? Control { get; init; }

    /// <summary>What the measurement gives there; null without a control.</summary>
    public double? ControlValue { get; init; }

    /// <summary>Whether the number could have been outside its band: false for one that was only measured.</summary>
    public bool CanFail => double.IsFinite(AtLeast) || double.IsFinite(AtMost);

    /// <summary>Value and unit as the text shows them: at most three significant digits, whole numbers as they are.</summary>
    public string Prose => Quantity.Prose(Value, Unit);

    /// <summary>The claim in an output's data; null when they belong to something else.</summary>
    public static ClaimRecord? FromJson(JsonObject json) =>
        LessonData.Text(json, "id") is { } id
            ? new(id, LessonData.Text(json, "name") ?? id, LessonData.Number(json, "value") ?? double.NaN,
                LessonData.Text(json, "unit") ?? "",
                LessonData.Number(json, "at_least") ?? double.NegativeInfinity,
                LessonData.Number(json, "at_most") ?? double.PositiveInfinity,
                LessonData.Text(json, "device") ?? "", LessonData.Text(json, "text") ?? "")
            {
                Control = LessonData.Text(json, "control"),
                ControlValue = LessonData.Number(json, "control_value"),
            }
            : null;

    /// <summary>The record as JSON; a missing end of the band is null.</summary>
    public JsonObject ToJson()
    {
        var json = Plain();
        if (Control is null) return json;
        json["control"] = Control;
        json["control_value"] = ControlValue is { } value ? LessonData.Number(value) : null;
        return json;
    }

    private JsonObject Plain() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["value"] = LessonData.Number(Value),
        ["unit"] = Unit,
        ["at_least"] = LessonData.Number(AtLeast),
        ["at_most"] = LessonData.Number(AtMost),
        ["device"] = Device,
        ["text"] = Text,
        ["prose"] = Prose,
    };
}
