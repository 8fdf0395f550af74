using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>A claim as a cell's stored output keeps it, so that text can be rendered from it without a run.</summary>
/// <param name="Id">What Markdown names in <c>{{id}}</c>.</param>
/// <param name="Name">What the output calls it.</param>
/// <param name="Value">What the run gave.</param>
/// <param name="Unit">In which unit; empty for a plain number.</param>
/// <param name="AtLeast">The lower end of the band; minus infinity where there is none.</param>
/// <param name="AtMost">The upper end of the band; infinity where there is none.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>: where the run computed.</param>
/// <param name="Text">Value and unit as a reader sees them.</param>
public sealed record ClaimRecord(
    string Id, string Name, double Value, string Unit, double AtLeast, double AtMost, string Device, string Text)
{
    /// <summary>The representation of a claim's output that holds this record. Front ends that do not know it show the others.</summary>
    public const string MimeType = "application/vnd.rabbit.claim+json";

    /// <summary>The claim that an output's data hold; null where they are not a claim's.</summary>
    public static ClaimRecord? FromJson(JsonObject json) =>
        LessonData.Text(json, "id") is { } id
            ? new(id, LessonData.Text(json, "name") ?? id, LessonData.Number(json, "value") ?? double.NaN,
                LessonData.Text(json, "unit") ?? "",
                LessonData.Number(json, "at_least") ?? double.NegativeInfinity,
                LessonData.Number(json, "at_most") ?? double.PositiveInfinity,
                LessonData.Text(json, "device") ?? "", LessonData.Text(json, "text") ?? "")
            : null;

    /// <summary>The record as JSON; an end that the band lacks is null.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["value"] = LessonData.Number(Value),
        ["unit"] = Unit,
        ["at_least"] = LessonData.Number(AtLeast),
        ["at_most"] = LessonData.Number(AtMost),
        ["device"] = Device,
        ["text"] = Text,
    };
}
