using System.Diagnostics;
using LlmRabbitHoles.Caching;

namespace LlmRabbitHoles.Generation;

/// <summary>One generation from prompt to stop reason: prefill, then sample and decode in turn.</summary>
internal sealed class GenerationLoop
{
    private readonly ModelRunner _runner;
    private readonly LanguageModel _model;
    private readonly WrittenSequence _written;
    private readonly IKeyValueCache? _lent;
    private readonly CacheKind? _kind;
    private readonly Stopwatch _watch = new();
    private TimeSpan _prefill;
    private TimeSpan _firstToken;
    private int _decoded;
    private int _begun;

    /// <exception cref="PromptException">The prompt cannot be read, or the cache holds more than its beginning.</exception>
    public GenerationLoop(
        ModelRunner runner, LanguageModel model, IReadOnlyList<int> prompt, GenerationOptions? options, IKeyValueCache? cache)
    {
        (_runner, _model, _lent, _kind) = (runner, model, cache, options?.Cache);
        _written = new WrittenSequence(model, prompt, options);
        if (cache?.Length >= prompt.Count)
            throw new PromptException($"The cache holds {cache.Length} tokens and the prompt has {prompt.Count}: " +
                "at least one must be left to read. Truncate the cache.");
    }

    /// <summary>What was written so far, with the reason of its end.</summary>
    public GenerationResult Result => _begun != 0
        ? _written.Result(new Timings(
            _prefill, _firstToken, _decoded == 0 ? TimeSpan.Zero : _watch.Elapsed - _firstToken, _written.Prompt.Count, _decoded))
        : throw new InvalidOperationException("The generation has not begun yet. Read its tokens first.");

    /// <summary>Samples token after token. The token that ends the turn is handed out too, last, with any text still held back.</summary>
    /// <exception cref="InvalidOperationException">It was read before: a generation runs once.</exception>
    public IEnumerable<GeneratedToken> Run(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            throw new InvalidOperationException("The stream was read already. A generation runs once: ask for another.");
        _watch.Start();
        var host = HostCancellation.Token;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host);
        var cache = _lent ?? _model.CreateCache(_written.Prompt.Count + _written.Limit, kind: _kind);
        try
        {
            while (_written.StopReason is null)
            {
                if (Forward(cache, either.Token) is not { } step) break;
                var taken = _written.Take(step.Logits, cancellationToken.IsCancellationRequested);
                if (_firstToken == TimeSpan.Zero) _firstToken = _watch.Elapsed;
                if (_written.StopReason is not null) _watch.Stop();
                yield return new GeneratedToken(taken.Token, taken.Text, _watch.Elapsed) { LogProbability = taken.LogProbability };
            }
            host.ThrowIfCancellationRequested();
        }
        finally
        {
            _watch.Stop();
            if (_lent is null) cache.Dispose();
        }
    }

    // Null where it was cancelled.
    private ForwardResult? Forward(IKeyValueCache cache, CancellationToken cancellationToken)
    {
        try
        {
            if (_firstToken != TimeSpan.Zero)
            {
                var step = _runner.Prefill([_written.LastToken], cache, cancellationToken);
                _decoded++;
                return step;
            }
            var prefill = _runner.Prefill([.. _written.Prompt.Skip(cache.Length)], cache, cancellationToken);
            _prefill = prefill.Elapsed;
            return prefill;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _written.Cancel();
            return null;
        }
    }
}
