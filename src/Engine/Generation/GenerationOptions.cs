using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Generation;

/// <summary>How a continuation is drawn and when it ends.</summary>
public sealed record GenerationOptions
{
    /// <summary>Tokens to generate at most. Default 128.</summary>
    public int MaxTokens
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxTokens), value, "Max tokens must be 1 or more.");
    } = 128;

    /// <summary>How each token is drawn. Default greedy.</summary>
    public SamplingOptions Sampling { get; init; } = SamplingOptions.Greedy;

    /// <summary>Strings at which the text ends, themselves left out; they may cross token borders. Default none.</summary>
    public IReadOnlyList<string> Stop
    {
        get;
        init => field = value.All(s => s.Length > 0) ? value : throw new ArgumentException(
            "A stop string is empty: it would end every text before it begins. Leave it out.", nameof(Stop));
    } = [];

    /// <summary>Tokens that end the turn; <see langword="null"/>: those of the model's own defaults.</summary>
    public IReadOnlyList<int>? StopTokens { get; init; }
}
