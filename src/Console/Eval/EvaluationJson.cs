using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>eval --format json</c> prints. The model is the name of its folder.</summary>
internal sealed record EvaluationJson(string Model, int Seed, IReadOnlyDictionary<string, AbilityJson> Abilities)
{
    public static EvaluationJson From(LanguageModel model, EvaluationOptions options, IReadOnlyList<AbilityScore> scores) =>
        new(model.Name, options.Seed, scores.ToDictionary(score => score.Name, AbilityJson.From));
}

/// <summary>An ability's figures, shares from 0 to 1.</summary>
/// <param name="Cases">How many were tried.</param>
/// <param name="Score">The share that was right; of language 1 - bits / bits of the n-gram model.</param>
/// <param name="Interval">Lower and upper bound at 95 %; null where the score is not a rate.</param>
/// <param name="Baseline">What the score is compared with; null without comparison.</param>
/// <param name="BaselineName">The comparison in words.</param>
/// <param name="Topics">The score by kind of case.</param>
/// <param name="Figures">Further figures; null if none.</param>
/// <param name="Note">What a reader has to know; null if nothing.</param>
internal sealed record AbilityJson(
    int Cases, double Score, IReadOnlyList<double>? Interval, double? Baseline, string? BaselineName,
    IReadOnlyDictionary<string, TopicJson> Topics,
    IReadOnlyDictionary<string, double>? Figures, string? Note)
{
    public static AbilityJson From(AbilityScore score) => new(
        score.Cases, Rounded(score.Score), score.Interval is { } interval ? [Rounded(interval.Low), Rounded(interval.High)] : null,
        score.Baseline is { } baseline ? Rounded(baseline) : null, score.BaselineName,
        score.Topics.ToDictionary(topic => topic.Name, topic => new TopicJson(topic.Cases, Rounded(topic.Score))),
        score.Figures.Count == 0 ? null : score.Figures.ToDictionary(figure => figure.Key, figure => Rounded(figure.Value)), score.Note);

    private static double Rounded(double value) => Math.Round(value, 4);
}

/// <summary>One topic of an ability.</summary>
internal sealed record TopicJson(int Cases, double Score);
