using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;

namespace LlmRabbitHoles.Generation;

/// <summary>Generates text with a model: prefill, then sample and decode in turn until a stop.</summary>
/// <param name="model">Stays the caller's. One generation at a time on one thread; no state stays between calls.</param>
/// <param name="pass">The attention and the edits of every forward; null (the default): the model's own.</param>
public sealed class TextGenerator(LanguageModel model, ForwardPass? pass = null)
{
    private readonly ModelRunner _runner = new(model, pass);

    /// <summary>Writes a continuation and returns it whole.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cancellationToken">Ends the text, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationResult Generate(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sequence = Stream(prompt, options, cancellationToken: cancellationToken);
        foreach (var _ in sequence)
        {
        }
        return sequence.Result;
    }

    /// <summary>
    /// Writes a continuation of each prompt, all in the same forwards, and returns them whole. Each has the tokens that it has alone.
    /// </summary>
    /// <param name="prompts">At least one; of any lengths.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cancellationToken">Ends all texts, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">A prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public IReadOnlyList<GenerationResult> GenerateBatch(
        IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new BatchLoop(_runner, model, prompts, options).Run(cancellationToken);

    /// <summary>Writes a continuation and hands out each token as it is sampled, on the thread that reads them.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cache">For one sequence; stays the caller's. Holds the beginning of the prompt, which is not read again, and receives
    /// the rest and the answer. Default: a new one for this text.</param>
    /// <param name="cancellationToken">Ends the text, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationSequence Stream(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, IKeyValueCache? cache = null,
        CancellationToken cancellationToken = default) =>
        new(new GenerationLoop(_runner, model, prompt, options, cache), cancellationToken);

    /// <summary>Writes a continuation and hands out each token as it is sampled, on a thread of its own.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cancellationToken">Ends the text, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationRun StreamAsync(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new(new GenerationLoop(_runner, model, prompt, options, cache: null), cancellationToken);

    /// <summary>Writes a continuation with a lent cache and hands out each token as it is sampled, on a thread of its own.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cache">For one sequence; stays the caller's, who leaves it alone until the stream was read. Holds the beginning of
    /// the prompt, which is not read again, and receives the rest and the answer.</param>
    /// <param name="cancellationToken">Ends the text, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationRun StreamAsync(
        IReadOnlyList<int> prompt, GenerationOptions? options, IKeyValueCache cache, CancellationToken cancellationToken = default) =>
        new(new GenerationLoop(_runner, model, prompt, options, cache), cancellationToken);
}
