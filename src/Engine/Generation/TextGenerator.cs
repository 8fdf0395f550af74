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
    // Long enough for the matrices, short enough to stop in: a piece of this length is read in one forward, as a short prompt is.
    private const int PrefillPiece = 512;

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
        var stream = Stream(prompt, options, cancellationToken);
        foreach (var _ in stream)
        {
        }
        return stream.Result;
    }

    /// <summary>Writes a continuation and hands out each token as it is drawn, on the thread that reads them.</summary>
    /// <param name="prompt">What the model reads first.</param>
    /// <param name="options">Default: greedy, 128 tokens, the model's own end of turn.</param>
    /// <param name="cancellationToken">Ends the text after the current token, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationSequence Stream(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new(new GenerationLoop(this, model, prompt, options ?? new GenerationOptions()), cancellationToken);

    /// <summary>Writes a continuation and hands out each token as it is drawn, on a thread of its own.</summary>
    /// <param name="prompt">What the model reads first.</param>
    /// <param name="options">Default: greedy, 128 tokens, the model's own end of turn.</param>
    /// <param name="cancellationToken">Ends the text after the current token, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationRun StreamAsync(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new(new GenerationLoop(this, model, prompt, options ?? new GenerationOptions()), cancellationToken);

    /// <summary>Reads a whole prompt in pieces, so that a cancellation is answered soon; the scores are those of one forward. A prompt of one piece
    /// is read whole, as a decoding step is.</summary>
    /// <exception cref="OperationCanceledException">The cache then holds some of the tokens.</exception>
    internal Step Prefill(IReadOnlyList<int> tokens, IKeyValueCache cache, CancellationToken cancellationToken)
    {
        model.CheckPrompt(tokens, cache.Length);
        var watch = Stopwatch.StartNew();
        if (tokens.Count <= PrefillPiece) cancellationToken = CancellationToken.None;
        for (var read = 0; ; read += PrefillPiece)
        {
            var piece = tokens.Skip(read).Take(PrefillPiece).ToArray();
            var step = Run(piece, cache, trace: null, cancellationToken);
            if (read + piece.Length == tokens.Count) return new Step(step.Logits, tokens.Count, watch.Elapsed);
        }
    }

    private Step Run(IReadOnlyList<int> tokens, IKeyValueCache cache, ActivationTrace? trace, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var use = model.Use();
        var watch = Stopwatch.StartNew();
        using var cores = ComputeThreads.For(2.0 * model.Parameters * tokens.Count);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var input = tensor(tokens.Select(id => (long)id).ToArray(), 1, tokens.Count, device: model.Device);
        var logits = model.Decoder.call(input, new ForwardPass { Cache = cache, Trace = trace, LastOnly = true, CancellationToken = cancellationToken });
        var last = logits.view(-1).to(ScalarType.Float32).cpu().data<float>().ToArray();
        LogitsCheck.Check(System.Numerics.Tensors.TensorPrimitives.Max<float>(last), model);
        return new Step(last, tokens.Count, watch.Elapsed);
    }
}
