using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons;

/// <summary>A scored prediction as a cell's stored output keeps it.</summary>
/// <param name="About">What was asked.</param>
/// <param name="Guess">The reader's number; null where nobody guessed.</param>
/// <param name="Actual">What came.</param>
/// <param name="IsClose">Whether the guess counts as right; null where nobody guessed.</param>
public sealed record PredictionRecord(string About, double? Guess, double Actual, bool? IsClose)
{
    /// <summary>The representation of a prediction's output that holds this record.</summary>
    public const string MimeType = "application/vnd.rabbit.prediction+json";

    /// <summary>The prediction that an output's data hold; null where they are not a prediction's.</summary>
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
