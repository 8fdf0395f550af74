namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>What was measured of one ability: a row of the table.</summary>
/// <param name="Name">The ability.</param>
/// <param name="Cases">How often it was tried, in the wordings of training with new values.</param>
/// <param name="Score">From 0 to 1, more is better.</param>
public sealed record AbilityScore(string Name, int Cases, double Score)
{
    /// <summary>The rates that the cases leave plausible at 95 %; null where the score is not a rate.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>What the score is compared with, from 0 to 1; null without comparison.</summary>
    public double? Baseline { get; init; }

    /// <summary>The baselines that the cases leave plausible at 95 %; null where the baseline is not a rate.</summary>
    public (double Low, double High)? BaselineInterval { get; init; }

    /// <summary>The comparison in words.</summary>
    public string? BaselineName { get; init; }

    /// <summary>The score by kind of case.</summary>
    public IReadOnlyList<TopicScore> Topics { get; init; } = [];

    /// <summary>Further figures by name, such as bits per byte.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>What a reader has to know of the figures; null if nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The cases that went wrong.</summary>
    public IReadOnlyList<Failure> Failures { get; init; } = [];

    /// <summary>What was measured in natural wordings, those of data/exam: the headline. Null where there are none.</summary>
    public AbilityScore? Natural { get; init; }

    /// <summary>The row of cases that are right or wrong.</summary>
    internal static AbilityScore Of(string name, SuccessRate rate) => new(name, rate.Trials, rate.Share) { Interval = rate.Interval };
}

/// <summary>A score among the cases of one topic.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Cases">How many of them.</param>
/// <param name="Score">From 0 to 1.</param>
public sealed record TopicScore(string Name, int Cases, double Score);

/// <summary>A case that went wrong, for people to read.</summary>
/// <param name="Topic">Its kind.</param>
/// <param name="Asked">The turns that were read.</param>
/// <param name="Answered">What followed.</param>
/// <param name="Wanted">What would have been right; null where that cannot be said in a few words.</param>
public sealed record Failure(string Topic, string Asked, string Answered, string? Wanted = null);
