using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Generation;

/// <summary>One step of a stream.</summary>
/// <param name="Id">The token sampled.</param>
/// <param name="Text">The text that can be printed now: complete characters that cannot begin a stop string. Often the
/// token's own text, sometimes none, sometimes more; <see langword="null"/> where the model has no tokenizer.</param>
/// <param name="Elapsed">Since the call began.</param>
public sealed record GeneratedToken(int Id, string? Text, TimeSpan Elapsed)
{
    /// <summary>How likely the model found it; null unless <see cref="GenerationOptions.LogProbabilities"/> asks for it.</summary>
    public ChosenLogProbability? LogProbability { get; init; }
}
