using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>A scored prediction in a cell's stored output.</summary>
/// <param name="About">The quantity in question.</param>
/// <param name="Guess">The reader's number; null without a guess.</param>
/// <param name="Actual">The actual value.</param>
/// <param name="IsClose">Whether the guess counts as right; null without a guess.</param>
public sealed record PredictionRecord(string About, double? Guess, double Actual, bool? IsClose)
{
    /// <summary>The mime type of this record in a prediction's output.</summary>
    public const string MimeType = "application/vnd.rabbit.prediction+json";

    /// <summary>The prediction in an output's data; null when they belong to something else.</summary>
    public static PredictionRecord? FromJson(JsonObject json) =>
        LessonData.Text(json, "about") is { } about
            ? new(about, LessonData.Number(json, "guess"), LessonData.Number(json, "actual") ?? double.NaN, LessonData.Truth(json, "close"))
            : null;

    /// <summary>The record as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["about"] = About,
        ["guess"] = Guess is { } guess ? LessonData.Number(guess) : null,
        ["actual"] = LessonData.Number(Actual),
        ["close"] = IsClose,
    };
}
