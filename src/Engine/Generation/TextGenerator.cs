using System.Diagnostics;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tracing;

namespace LlmRabbitHoles.Generation;

/// <summary>Writes with a model: reads a prompt at once (prefill), then writes one token after the other (decode).</summary>
/// <param name="model">Lent, not owned. One generation at a time on one thread; no state stays behind between calls.</param>
public sealed class TextGenerator(LanguageModel model)
{
    /// <summary>Reads a whole prompt in one forward.</summary>
    /// <param name="tokens">At least one id; with what the cache holds, at most the context.</param>
    /// <param name="cache">Receives keys and values of all of them.</param>
    /// <param name="trace">Who looks on.</param>
    /// <returns>The scores of the token after the last.</returns>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public Step Prefill(IReadOnlyList<int> tokens, IKeyValueCache cache, ActivationTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(cache);
        model.CheckPrompt(tokens, cache.Length);
        return Run(tokens, cache, trace);
    }

    /// <summary>Reads one more token; all others come from the cache.</summary>
    /// <param name="token">The token drawn last.</param>
    /// <param name="cache">Holds all tokens before it and receives this one.</param>
    /// <param name="trace">Who looks on.</param>
    /// <returns>The scores of the token after it.</returns>
    /// <exception cref="PromptException">The context is full, or the id is outside the vocabulary.</exception>
    public Step Decode(int token, IKeyValueCache cache, ActivationTrace? trace = null) => Prefill([token], cache, trace);

    /// <summary>Writes a continuation and returns it whole.</summary>
    /// <param name="prompt">What the model reads first.</param>
    /// <param name="options">Default: greedy, 128 tokens, the model's own end of turn.</param>
    /// <param name="cancellationToken">Ends the text after the current token, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationResult Generate(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var loop = new GenerationLoop(this, model, prompt, options ?? new GenerationOptions());
        foreach (var _ in loop.Run(cancellationToken))
        {
        }
        return loop.Result;
    }

    /// <summary>Writes a continuation and hands out each token as it is drawn, on a thread of its own.</summary>
    /// <param name="prompt">What the model reads first.</param>
    /// <param name="options">Default: greedy, 128 tokens, the model's own end of turn.</param>
    /// <param name="cancellationToken">Ends the text after the current token, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationRun StreamAsync(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new(new GenerationLoop(this, model, prompt, options ?? new GenerationOptions()), cancellationToken);

    private Step Run(IReadOnlyList<int> tokens, IKeyValueCache cache, ActivationTrace? trace)
    {
        var watch = Stopwatch.StartNew();
        using var cores = ComputeThreads.For(2.0 * model.Parameters * tokens.Count);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var input = tensor(tokens.Select(id => (long)id).ToArray(), 1, tokens.Count, device: model.Device);
        var logits = model.Decoder.call(input, new ForwardPass { Cache = cache, Trace = trace, LastOnly = true });
        var last = logits.view(-1).to(ScalarType.Float32).cpu().data<float>().ToArray();
        return new Step(last, tokens.Count, watch.Elapsed);
    }
}
