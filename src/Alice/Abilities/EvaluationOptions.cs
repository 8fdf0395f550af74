namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>What is measured.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The seed of the published figures: the table of data/models/README.md and evaluation.json. Training leaves out the
    /// questions of this seed.</summary>
    /// <remarks>Nobody chooses between models by it: a model that is chosen by some cases looks better on them than it is.</remarks>
    public const int PublishedSeed = 7;

    /// <summary>The seed by which one model is chosen among several. Training leaves out its questions too.</summary>
    public const int SelectionSeed = 1;

    /// <summary>Chooses the cases. Default <see cref="PublishedSeed"/>.</summary>
    public int Seed { get; init; } = PublishedSeed;

    /// <summary>Cases of each ability at most, and natural cases as well; null: all of them.</summary>
    public int? Cases
    {
        get;
        init =>
            field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Cases), value, "Cases must be 1 or more.");
    }

    /// <summary>Names of the abilities; empty: all of them.</summary>
    public IReadOnlyList<string> Abilities { get; init; } = [];

    /// <summary>Conversations at once. Default: one a processor. Changes the time only.</summary>
    public int Threads
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "Threads must be 1 or more.");
    } = Environment.ProcessorCount;

    /// <summary>As many items as are asked for, sampled by the seed, in their order.</summary>
    internal IReadOnlyList<T> Limit<T>(IReadOnlyList<T> items) => Cases is not { } most || most >= items.Count
        ? items
        : [.. new Random(Seed).Some(Enumerable.Range(0, items.Count).ToArray(), most).Order().Select(index => items[index])];
}
