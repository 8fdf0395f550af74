using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>A checked exercise in a cell's stored output.</summary>
/// <param name="Number">The number of its hole and its own: 1.2.1.</param>
/// <param name="IsRight">Whether the reader's answer is right; null when there is none yet.</param>
public sealed record ExerciseRecord(string Number, bool? IsRight)
{
    /// <summary>The mime type of this record in an exercise's output.</summary>
    public const string MimeType = "application/vnd.rabbit.exercise+json";

    /// <summary>The case that failed, as a sentence; null when none did.</summary>
    public string? Failure { get; init; }

    /// <summary>From a nudge to nearly the answer.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Whether it asks the reader to find something, so that many answers are right.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The exercise in an output's data; null when they belong to something else.</summary>
    public static ExerciseRecord? FromJson(JsonObject json) =>
        LessonData.Text(json, "number") is { } number
            ? new(number, LessonData.Truth(json, "right"))
            {
                Failure = LessonData.Text(json, "failure"),
                Hints = LessonData.Texts(json, "hints"),
                IsOpen = LessonData.Truth(json, "open") ?? false,
            }
            : null;

    /// <summary>The record as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["number"] = Number,
        ["right"] = IsRight,
        ["failure"] = Failure,
        ["hints"] = LessonData.Texts(Hints),
        ["open"] = IsOpen,
    };
}

/// <summary>The proof of an exercise's check in a cell's stored output.</summary>
/// <param name="Number">The number of the exercise.</param>
/// <param name="Refusals">What the check said to each wrong answer.</param>
public sealed record ExerciseProofRecord(string Number, IReadOnlyList<string> Refusals)
{
    /// <summary>The mime type of this record in an output.</summary>
    public const string MimeType = "application/vnd.rabbit.exercise-proof+json";

    /// <summary>The proof in an output's data; null when they belong to something else.</summary>
    public static ExerciseProofRecord? FromJson(JsonObject json) =>
        LessonData.Text(json, "number") is { } number ? new(number, LessonData.Texts(json, "refusals")) : null;

    /// <summary>The record as JSON.</summary>
    public JsonObject ToJson() => new() { ["number"] = Number, ["refusals"] = LessonData.Texts(Refusals) };
}
