using LlmRabbitHoles.Generation.Speculation;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Generation;

/// <summary>A finished generation.</summary>
/// <param name="PromptTokens">The ids that the model read.</param>
/// <param name="Tokens">The ids that it wrote, without the token that ended its turn.</param>
/// <param name="Text">The tokens as text, ended before a stop string; <see langword="null"/> where the model has no tokenizer.</param>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Timings">Where the time went.</param>
public sealed record GenerationResult(
    IReadOnlyList<int> PromptTokens, IReadOnlyList<int> Tokens, string? Text, StopReason StopReason, Timings Timings)
{
    /// <summary>How good the guesses were; null where none were made.</summary>
    public SpeculationReport? Speculation { get; init; }

    /// <summary>Whether the text fits its grammar as a whole; false where it was cut, null where there was no grammar.</summary>
    public bool? FitsGrammar { get; init; }

    /// <summary>How likely the model found each of <see cref="Tokens"/>, in their order; null unless
    /// <see cref="GenerationOptions.LogProbabilities"/> asks for it.</summary>
    public IReadOnlyList<ChosenLogProbability>? LogProbabilities { get; init; }
}
