using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>A checked exercise in a cell's stored output.</summary>
/// <param name="Name">The name of the exercise.</param>
/// <param name="IsRight">Whether the reader's answer is right; null when there is none yet.</param>
/// <param name="Wrong">How many stored wrong answers the check refused.</param>
public sealed record ExerciseRecord(string Name, bool? IsRight, int Wrong)
{
    /// <summary>The mime type of this record in an exercise's output.</summary>
    public const string MimeType = "application/vnd.rabbit.exercise+json";

    /// <summary>The exercise in an output's data; null when they belong to something else.</summary>
    public static ExerciseRecord? FromJson(JsonObject json) =>
        LessonData.Text(json, "name") is { } name
            ? new(name, LessonData.Truth(json, "right"), (int)(LessonData.Number(json, "wrong") ?? 0))
            : null;

    /// <summary>The record as JSON.</summary>
    public JsonObject ToJson() => new() { ["name"] = Name, ["right"] = IsRight, ["wrong"] = Wrong };
}
