namespace LlmRabbitHoles.Generation;

/// <summary>Looks for the likeliest text as a whole: it keeps the best few beginnings and continues all of them at each step.</summary>
/// <remarks>
/// As in transformers, with <c>early_stopping=False</c>: a text's score is the sum of its tokens' log-probabilities, divided by
/// length^lengthPenalty, the token that ends it included. Of the 2 x width best continuations, those that end are finished
/// if they are among the first width. The search ends when width texts are finished and the best beginning scores no higher than
/// the worst of them.
/// </remarks>
/// <param name="model">Stays the caller's.</param>
public sealed class BeamSearch(LanguageModel model)
{
    private readonly ModelRunner _runner = new(model);

    /// <summary>Searches the likeliest continuations.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="beams">How wide it searches. Default: 4 beams.</param>
    /// <param name="options">As for one text. Bias and penalties change the log-probabilities; there is no sampling, so temperature,
    /// top-k, top-p, min-p and typical do nothing.</param>
    /// <param name="cancellationToken">Ends the search, with <see cref="StopReason.Cancelled"/> for all that it has found.</param>
    /// <returns>At least one text, at most as many as the search is wide, best first. The timings are those of the whole search.</returns>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public IReadOnlyList<Beam> Search(
        IReadOnlyList<int> prompt, BeamOptions? beams = null, GenerationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new BeamLoop(_runner, model, prompt, beams ?? new BeamOptions(), options ?? new GenerationOptions()).Run(cancellationToken);
}

/// <summary>How a beam search searches.</summary>
public sealed record BeamOptions
{
    /// <summary>Beginnings that are kept at each step; 1 is greedy decoding. Default 4.</summary>
    public int Width
    {
        get;
        init => field = value is >= 1 and <= 100_000 ? value : throw new ArgumentOutOfRangeException(
            nameof(Width), value, "The width of a beam search must be from 1 to 100000.");
    } = 4;

    /// <summary>A text's score is divided by its length to this power: above 0 favours long texts, below 0 short ones. Default 1.</summary>
    public double LengthPenalty
    {
        get;
        init => field = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(LengthPenalty), value, "The length penalty must be a finite number. Use 0 for none.");
    } = 1;
}

/// <summary>A text that a beam search found.</summary>
/// <param name="Result">The text.</param>
/// <param name="LogProbability">Sum over its tokens, with the one that ended it.</param>
/// <param name="Score">That sum, divided by length^lengthPenalty.</param>
public sealed record Beam(GenerationResult Result, double LogProbability, double Score);
