using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Generation.Speculation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Sampling.Constraints;

namespace LlmRabbitHoles.Generation;

/// <summary>
/// How a continuation is sampled and when it ends. A setting that is left out comes from the model's <c>generation_config.json</c>.
/// </summary>
public sealed record GenerationOptions
{
    /// <summary>Tokens to write at most; null, the default: the model's <c>max_new_tokens</c>, else 128.</summary>
    public int? MaxTokens
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxTokens), value, "Max tokens must be 1 or more.");
    }

    /// <summary>How each token is sampled. Default: as the model's settings say, else greedy.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>
    /// How many of the likeliest tokens to report with each generated token and its own log-probability, from 0 to 20; null, the
    /// default: no log-probabilities.
    /// </summary>
    public int? LogProbabilities
    {
        get;
        init => field = value is null or (>= 0 and <= MostLogProbabilities) ? value : throw new ArgumentOutOfRangeException(
            nameof(LogProbabilities), value, "Log-probabilities must be for 0 to 20 tokens. Leave them out for none.");
    }

    /// <summary>The most of the likeliest tokens that are reported with each token; OpenAI's limit.</summary>
    public const int MostLogProbabilities = 20;

    /// <summary>Strings at which the text ends, themselves left out; they may cross token borders. Default none.</summary>
    public IReadOnlyList<string> Stop
    {
        get;
        init => field = value.All(s => s.Length > 0) ? value : throw new ArgumentException(
            "A stop string is empty: it would end every text before it begins. Leave it out.", nameof(Stop));
    } = [];

    /// <summary>Tokens that end the turn; null, the default: the model's own.</summary>
    public IReadOnlyList<int>? StopTokens { get; init; }

    /// <summary>The grammar that the text must fit; null (the default): any text. Needs a model with a tokenizer.</summary>
    public Grammar? Grammar { get; init; }

    /// <summary>Guesses tokens ahead, which changes the speed and not the text; null (the default): every token has a forward of its own.
    /// A batch does not use it.</summary>
    public Speculator? Speculation { get; init; }

    /// <summary>The cache that holds the keys and values of the text. Default: contiguous.</summary>
    public CacheKind Cache { get; init; } = CacheKind.Contiguous;

    /// <summary>These options, completed by a model's settings.</summary>
    /// <exception cref="CheckpointException">A setting of the model that is needed holds an impossible
    /// value; the message names it.</exception>
    internal CompleteOptions Over(GenerationDefaults defaults) => new(
        MaxTokens ?? defaults.CheckedMaxNewTokens ?? 128, defaults.Complete(Sampling), Stop, StopTokens ?? defaults.EosTokenIds,
        LogProbabilities, Grammar);
}

/// <summary>Options without gaps.</summary>
internal sealed record CompleteOptions(
    int MaxTokens, SamplingOptions Sampling, IReadOnlyList<string> Stop, IReadOnlyList<int> StopTokens, int? LogProbabilities,
    Grammar? Grammar);
