using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>A checked exercise as a cell's stored output keeps it.</summary>
/// <param name="Name">Which exercise.</param>
/// <param name="IsRight">Whether the reader's answer is right; null where there is none yet.</param>
/// <param name="Wrong">How many stored wrong answers the check refused.</param>
public sealed record ExerciseRecord(string Name, bool? IsRight, int Wrong)
{
    /// <summary>The representation of an exercise's output that holds this record.</summary>
    public const string MimeType = "application/vnd.rabbit.exercise+json";

    /// <summary>The exercise that an output's data hold; null where they are not an exercise's.</summary>
    public static ExerciseRecord? FromJson(JsonObject json) =>
        LessonData.Text(json, "name") is { } name
            ? new(name, LessonData.Truth(json, "right"), (int)(LessonData.Number(json, "wrong") ?? 0))
            : null;

    /// <summary>The record as JSON.</summary>
    public JsonObject ToJson() => new() { ["name"] = Name, ["right"] = IsRight, ["wrong"] = Wrong };
}
