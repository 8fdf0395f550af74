using System.Diagnostics;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation.Speculation;

namespace LlmRabbitHoles.Generation;

/// <summary>One generation from prompt to stop reason: prefill, then sample and decode in turn.</summary>
internal sealed class GenerationLoop
{
    private readonly ModelRunner _runner;
    private readonly LanguageModel _model;
    private readonly WrittenSequence _written;
    private readonly IKeyValueCache? _lent;
    private readonly CacheKind? _kind;
    private readonly Speculator? _speculator;
    private readonly Stopwatch _watch = new();
    private TimeSpan _prefill;
    private TimeSpan _firstToken;
    private int _decoded, _guessed, _kept, _forwards;
    private int _unconfirmed;    // guesses that the cache holds and the text does not
    private int _begun;
    private int _held;           // tokens of the prompt that the lent cache held already

    /// <exception cref="PromptException">The prompt cannot be read, or the cache holds more than its beginning.</exception>
    public GenerationLoop(
        ModelRunner runner, LanguageModel model, IReadOnlyList<int> prompt, GenerationOptions? options, IKeyValueCache? cache)
    {
        (_runner, _model, _lent, _kind, _speculator) = (runner, model, cache, options?.Cache, options?.Speculation);
        _written = new WrittenSequence(model, prompt, options);
        if (cache?.Length >= prompt.Count)
            throw new PromptException($"The cache holds {cache.Length} tokens and the prompt has {prompt.Count}: " +
                "at least one must be left to read. Truncate the cache.");
    }

    /// <summary>What was written so far, with the reason of its end.</summary>
    public GenerationResult Result => _begun != 0
        ? _written.Result(new Timings(
            _prefill, _firstToken, _decoded == 0 ? TimeSpan.Zero : _watch.Elapsed - _firstToken, _written.Prompt.Count - _held, _decoded))
            with { Speculation = _speculator is null ? null : new SpeculationReport(_guessed, _kept, _forwards) }
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
        using var draft = _speculator?.Begin(_model);
        var cache = _lent ?? _model.CreateCache(_written.Prompt.Count + _written.Limit, kind: _kind);
        _held = cache.Length;
        try
        {
            while (_written.StopReason is null)
            {
                var guesses = Guess(draft);
                if (Forward(cache, guesses, either.Token) is not { } steps) break;
                _unconfirmed = guesses.Count;
                foreach (var (index, logits) in steps.Index())
                {
                    var taken = _written.Take(logits, cancellationToken.IsCancellationRequested);
                    if (_firstToken == TimeSpan.Zero) _firstToken = _watch.Elapsed;
                    else _decoded++;
                    if (_written.StopReason is not null) _watch.Stop();
                    yield return new GeneratedToken(taken.Token, taken.Text, _watch.Elapsed) { LogProbability = taken.LogProbability };
                    if (_written.StopReason is not null || index == guesses.Count || taken.Token != guesses[index]) break;
                    _unconfirmed--;
                    _kept++;
                }
                ForgetUnconfirmed(cache);
            }
            host.ThrowIfCancellationRequested();
        }
        finally
        {
            _watch.Stop();
            if (_lent is null) cache.Dispose();
            else ForgetUnconfirmed(_lent);    // a reader may have left in the midst of the guesses
        }
    }

    private void ForgetUnconfirmed(IKeyValueCache cache)
    {
        if (_unconfirmed > 0) cache.Truncate(cache.Length - _unconfirmed);
        _unconfirmed = 0;
    }

    private IReadOnlyList<int> Guess(IDraft? draft)
    {
        var most = Math.Min(_speculator?.Tokens ?? 0, _written.Left - 1);
        if (draft is null || _firstToken == TimeSpan.Zero || most < 1) return [];
        var guesses = draft.Guess(_written.History, most);
        _guessed += guesses.Count;
        return guesses;
    }

    /// <summary>Reads the prompt, or the token sampled last and the guesses behind it.</summary>
    /// <returns>[guesses + 1][vocab]; null where it was cancelled.</returns>
    private float[][]? Forward(IKeyValueCache cache, IReadOnlyList<int> guesses, CancellationToken cancellationToken)
    {
        try
        {
            if (_firstToken != TimeSpan.Zero)
            {
                _forwards++;
                return _runner.ReadEach([_written.LastToken, .. guesses], cache, cancellationToken);
            }
            var prefill = _runner.Prefill([.. _written.Prompt.Skip(cache.Length)], cache, cancellationToken);
            _prefill = prefill.Elapsed;
            return [prefill.Logits];
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _written.Cancel();
            return null;
        }
    }
}
