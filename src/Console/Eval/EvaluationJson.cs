using System.Text.Json.Serialization;
using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>eval --format json</c> prints. The model is the name of its folder.</summary>
internal sealed record EvaluationJson(string Model, int Seed, IReadOnlyDictionary<string, AbilityJson> Abilities)
{
    public static EvaluationJson From(LanguageModel model, EvaluationOptions options, IReadOnlyList<AbilityScore> scores) =>
        new(model.Name, options.Seed, scores.ToDictionary(score => score.Name, AbilityJson.From));
}

/// <summary>An ability's figures, shares from 0 to 1.</summary>
/// <param name="Cases">How many were tried, in the wordings of training; within <paramref name="Natural"/>, in natural ones.</param>
/// <param name="Score">The share that was right; of language 1 - bits / bits of the n-gram model.</param>
/// <param name="Interval">Lower and upper bound at 95 %; null where the score is not a rate.</param>
/// <param name="Baseline">What the score is compared with; null without comparison.</param>
/// <param name="BaselineInterval">Lower and upper bound of the baseline; null where it is not a rate.</param>
/// <param name="BaselineName">The comparison in words.</param>
/// <param name="Topics">The score by kind of case.</param>
/// <param name="Figures">Further figures; null if none.</param>
/// <param name="Note">What a reader has to know; null if nothing.</param>
/// <param name="Natural">The same in natural wordings; left out where there are none.</param>
internal sealed record AbilityJson(
    int Cases, double Score, IReadOnlyList<double>? Interval, double? Baseline, IReadOnlyList<double>? BaselineInterval,
    string? BaselineName, IReadOnlyDictionary<string, TopicJson> Topics, IReadOnlyDictionary<string, double>? Figures, string? Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AbilityJson? Natural)
{
    public static AbilityJson From(AbilityScore score) => new(
        score.Cases, Rounded(score.Score), Bounds(score.Interval), score.Baseline is { } baseline ? Rounded(baseline) : null,
        Bounds(score.BaselineInterval), score.BaselineName,
        score.Topics.ToDictionary(topic => topic.Name, topic => new TopicJson(topic.Cases, Rounded(topic.Score))),
        score.Figures.Count == 0 ? null : score.Figures.ToDictionary(figure => figure.Key, figure => Rounded(figure.Value)), score.Note,
        score.Natural is { } natural ? From(natural) : null);

    private static IReadOnlyList<double>? Bounds((double Low, double High)? interval) =>
        interval is { } bounds ? [Rounded(bounds.Low), Rounded(bounds.High)] : null;

    private static double Rounded(double value) => Math.Round(value, 4);
}

/// <summary>One topic of an ability.</summary>
internal sealed record TopicJson(int Cases, double Score);
