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

    /// <summary>
    /// Only the tokens whose surprise is nearest to the expected one, until their probabilities reach this sum, stay;
    /// <see langword="null"/>: all. Default all.
    /// </summary>
    public double? TypicalP
    {
        get;
        init => field = value is null or (> 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(
            nameof(TypicalP), value, "Typical p must be above 0 and at most 1. Leave it out to keep all tokens.");
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

    /// <summary>
    /// Subtracted from a token's logit for each time that it was generated; the prompt does not count. From -2 to 2.
    /// Default null: 0, which changes none.
    /// </summary>
    public double? FrequencyPenalty
    {
        get;
        init => field = value is null or (>= -2 and <= 2) ? value : throw new ArgumentOutOfRangeException(
            nameof(FrequencyPenalty), value, "The frequency penalty must be from -2 to 2. Use 0 for none.");
    }

    /// <summary>
    /// Subtracted once from the logit of every token that was generated; the prompt does not count. From -2 to 2.
    /// Default null: 0, which changes none.
    /// </summary>
    public double? PresencePenalty
    {
        get;
        init => field = value is null or (>= -2 and <= 2) ? value : throw new ArgumentOutOfRangeException(
            nameof(PresencePenalty), value, "The presence penalty must be from -2 to 2. Use 0 for none.");
    }

    /// <summary>Lowers tokens that would continue a sequence which the text already holds. Default null: none are lowered.</summary>
    public DryOptions? Dry { get; init; }

    /// <summary>How long the model may think. Default null: as long as it likes.</summary>
    public ThoughtBudget? Thought { get; init; }

    /// <summary>The limit of a logit bias, up and down; minus infinity is allowed too.</summary>
    public const double MostBias = 1e3;

    /// <summary>
    /// Token id to a value that is added to its logit: from -1,000 to 1,000, or minus infinity, which bans the token.
    /// Default null: no bias.
    /// </summary>
    public IReadOnlyDictionary<int, double>? LogitBias
    {
        get;
        init => field = value?.All(bias => bias.Value is double.NegativeInfinity or (>= -MostBias and <= MostBias)) != false
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LogitBias), value.First(bias =>
                bias.Value is not (double.NegativeInfinity or (>= -MostBias and <= MostBias))).Value,
                "A logit bias must be from -1000 to 1000, or minus infinity to ban the token.");
    }

    /// <summary>The same seed gives the same samples. Default 0.</summary>
    public int Seed { get; init; }
}
