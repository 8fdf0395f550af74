using System.Diagnostics;
using System.Threading.Channels;
using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Scheduling;

/// <summary>A text that a <see cref="Scheduler"/> writes: its tokens as they come, and its result.</summary>
/// <remarks>Any thread may read and cancel it; all else happens on the thread that runs the scheduler's steps.</remarks>
public sealed class ScheduledRequest
{
    /// <summary>The highest priority; the lowest is its negative. A bound: so that the wait of the lowest is bounded too.</summary>
    public const int HighestPriority = 100;

    private readonly WrittenSequence _written;
    private readonly CancellationToken _cancellationToken;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Channel<GeneratedToken> _tokens = Channel.CreateUnbounded<GeneratedToken>(new() { SingleWriter = true });
    private readonly TaskCompletionSource<GenerationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _prefill, _firstToken, _lastToken;
    private int _decoded;
    private volatile bool _isCancelled;

    internal ScheduledRequest(WrittenSequence written, int priority, long due, long number, CancellationToken cancellationToken) =>
        (_written, Priority, Due, Number, _cancellationToken) = (written, priority, due, number, cancellationToken);

    /// <summary>From -100 to 100; a higher one goes first.</summary>
    public int Priority { get; }

    /// <summary>Times that it lost its pages to a request that goes before it.</summary>
    public int Preemptions { get; internal set; }

    /// <summary>Tokens of its text that were not read, because pages of an earlier text held them.</summary>
    public int AdoptedTokens { get; internal set; }

    /// <summary>Its tokens as they are sampled; the one that ends the turn comes too, last. To be read once.</summary>
    public IAsyncEnumerable<GeneratedToken> Tokens => _tokens.Reader.ReadAllAsync(CancellationToken.None);

    /// <summary>Tokens, text, stop reason and timings, once it has ended. A cancelled one gives what was written until then.</summary>
    /// <remarks>Its prefill is the time of all steps that read its prompt, with what others did in them; a text that is read again after
    /// a preemption counts as decode.</remarks>
    public Task<GenerationResult> Result => _result.Task;

    /// <summary>The step by which it is due: the one in which it came, earlier by its priority's worth. The earliest goes first.</summary>
    internal long Due { get; }

    /// <summary>How many came before it.</summary>
    internal long Number { get; }

    /// <summary>Its row in the cache; null while it waits.</summary>
    internal int? Seat { get; set; }

    /// <summary>What was moved to host memory.</summary>
    internal SwappedSequence? Swapped { get; set; }

    /// <summary>Whether it has run yet.</summary>
    internal bool HasBegun { get; set; }

    internal bool IsRunning => Seat is not null;

    internal bool IsCancelled => _isCancelled || _cancellationToken.IsCancellationRequested;

    internal bool HasWritten => _firstToken != TimeSpan.Zero;

    internal bool HasEnded => _written.StopReason is not null;

    /// <summary>Prompt and generated tokens.</summary>
    internal IReadOnlyList<int> Text => _written.History;

    /// <summary>Ends it before the next step; its pages are free again then.</summary>
    public void Cancel() => _isCancelled = true;

    /// <summary>Takes the logits after the last token of its text: samples and hands out the next.</summary>
    internal void Sample(float[] logits)
    {
        var (token, text, logProbability) = _written.Take(logits, IsCancelled);
        _lastToken = _watch.Elapsed;
        if (HasWritten) _decoded++;
        else _firstToken = _lastToken;
        _tokens.Writer.TryWrite(new GeneratedToken(token, text, _lastToken) { LogProbability = logProbability });
    }

    /// <summary>Counts a step that read some of its prompt.</summary>
    internal void CountPrefill(TimeSpan elapsed)
    {
        if (!HasWritten) _prefill += elapsed;
    }

    /// <summary>Hands out the result; a text that has not ended is cancelled.</summary>
    internal void End()
    {
        _written.Cancel();
        var result = _written.Result(new Timings(_prefill, _firstToken, _lastToken - _firstToken, _written.Prompt.Count, _decoded));
        _tokens.Writer.TryComplete();
        _result.TrySetResult(result);
    }

    /// <summary>Ends it with an error, which is thrown where its tokens or its result are read.</summary>
    internal void Fail(Exception error)
    {
        _tokens.Writer.TryComplete(error);
        _result.TrySetException(error);
        _ = _result.Task.Exception;    // a result that nobody reads is not an unobserved exception
    }
}
