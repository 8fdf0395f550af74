namespace LlmRabbitHoles.Sampling;

/// <summary>How the next token is sampled from the logits.</summary>
/// <remarks>A setting that is null comes from the model's own settings (<see cref="Generation.GenerationOptions"/>); in a
/// <see cref="LogitPipeline"/> of its own it changes nothing.</remarks>
public sealed record SamplingOptions
{
    /// <summary>Always the likeliest token.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Divides the logits; 0 takes the likeliest token. Default null: 1.</summary>
    public double? Temperature
    {
        get;
        init => field = value is not { } t || t >= 0 && double.IsFinite(t) ? value : throw new ArgumentOutOfRangeException(
            nameof(Temperature), value, "Temperature must be 0 or more. Use 0 for greedy decoding.");
    }

    /// <summary>Only so many of the likeliest tokens stay; <see langword="null"/>: all. Default all.</summary>
    public int? TopK
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(TopK), value, "Top-k must be 1 or more. Leave it out to keep all tokens.");
    }

    /// <summary>
    /// Only the smallest set of likeliest tokens whose probabilities reach this sum stays; <see langword="null"/>: all. Default all.
    /// </summary>
    public double? TopP
    {
        get;
        init => field = value is null or (> 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(
            nameof(TopP), value, "Top-p must be above 0 and at most 1. Leave it out to keep all tokens.");
    }

    /// <summary>
    /// Only tokens at least so probable, as a share of the likeliest one's probability, stay; <see langword="null"/>: all. Default all.
    /// </summary>
    public double? MinP
    {
        get;
        init => field = value is null or (>= 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(
            nameof(MinP), value, "Min-p must be from 0 to 1. Leave it out to keep all tokens.");
    }

    /// <summary>The limits of the repetition penalty; beyond them quotients leave float32.</summary>
    public const double LeastPenalty = 1e-3, MostPenalty = 1e3;

    /// <summary>
    /// Divides positive logits (and multiplies negative ones) of tokens that already stand in the text; from 0.001 to
    /// 1,000. Default null: 1, which changes none.
    /// </summary>
    public double? RepetitionPenalty
    {
        get;
        init => field = value is null or (>= LeastPenalty and <= MostPenalty) ? value : throw new ArgumentOutOfRangeException(
            nameof(RepetitionPenalty), value, "The repetition penalty must be from 0.001 to 1000. Use 1 for none.");
    }

    /// <summary>The same seed gives the same samples. Default 0.</summary>
    public int Seed { get; init; }
}
