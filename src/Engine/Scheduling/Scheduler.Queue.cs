using System.Runtime.ExceptionServices;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Scheduling;

/// <content>How requests come, and how they end.</content>
public sealed partial class Scheduler
{
    private readonly Queue<ScheduledRequest> _arrivals = [];    // also the lock of what other threads touch
    private readonly AutoResetEvent _arrived = new(false);
    private int _waiting;                                       // requests that have not begun
    private long _number;
    private bool _isClosed;
    private SchedulerReport _report = new();

    /// <summary>What was done so far.</summary>
    public SchedulerReport Report => _report with { Steps = Interlocked.Read(ref _steps), EvictedPages = _cache.Evictions };

    /// <summary>Pages that requests use; a shared page counts once. 0 where all have ended.</summary>
    public int UsedPages => _cache.UsedPages;

    /// <summary>Asks for a text. Any thread may ask.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens. Cache and
    /// speculation are not used: the pages are the scheduler's.</param>
    /// <param name="priority">From -100 to 100; a higher one goes first.</param>
    /// <param name="cancellationToken">Ends the text, with <see cref="StopReason.Cancelled"/>; its pages are free before the next step's
    /// forward.</param>
    /// <exception cref="PromptException">The prompt is empty, too long, has ids outside the vocabulary, or can never have enough pages.
    /// </exception>
    /// <exception cref="QueueFullException">Too many requests wait already.</exception>
    public ScheduledRequest Submit(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, int priority = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)priority), ScheduledRequest.HighestPriority, nameof(priority));
        var written = new WrittenSequence(_model, [.. prompt], options);
        CheckPages(written);
        lock (_arrivals)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_waiting >= _options.QueueLimit)
                throw new QueueFullException($"{_waiting} requests wait already, as many as may. Ask again when some have begun.");
            _waiting++;
            var due = Interlocked.Read(ref _steps) - ((long)priority * _options.StepsPerPriority);
            var request = new ScheduledRequest(written, priority, due, _number++, cancellationToken);
            _arrivals.Enqueue(request);
            _arrived.Set();
            return request;
        }
    }

    /// <summary>Does steps on a thread of its own, and waits for requests where there are none, until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends the work; the requests stay.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        await GenerationThread.Run(() =>
        {
            try
            {
                while (!cancellationToken.IsCancellationRequested)
                    if (!Step(cancellationToken)) WaitHandle.WaitAny([_arrived, cancellationToken.WaitHandle]);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // Whatever went wrong on the model's thread is thrown where the run is awaited.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        }).ConfigureAwait(false);
        failure?.Throw();
    }

    private void CheckPages(WrittenSequence written)
    {
        var longest = written.Prompt.Count + written.Limit - 1;    // the token sampled last is not read
        var needed = _cache.PagesFor(longest);
        if (needed > _cache.PageCount)
            throw new PromptException($"The prompt's {written.Prompt.Count} tokens and {written.Limit} new ones take {needed} pages of " +
                $"{_cache.PageSize} tokens, and the scheduler has {_cache.PageCount}. Ask for fewer tokens, or give it more pages.");
    }

    private void TakeArrivals(bool isLast = false)
    {
        lock (_arrivals)
        {
            _isClosed |= isLast;
            while (_arrivals.TryDequeue(out var request)) _requests.Add(request);
        }
    }

    private void EndCancelled()
    {
        foreach (var request in _requests.Where(request => request.IsCancelled).ToArray()) End(request);
    }

    /// <summary>Ends a request; later texts may adopt its pages.</summary>
    private void End(ScheduledRequest request)
    {
        if (request.Seat is { } seat) _cache.Publish(seat, request.Text);
        Remove(request);
        request.End();
        _report = request.Result.Result.StopReason == StopReason.Cancelled
            ? _report with { Cancelled = _report.Cancelled + 1 }
            : _report with { Finished = _report.Finished + 1 };
    }

    private void Fail(ScheduledRequest request, Exception error)
    {
        Remove(request);
        request.Fail(error);
        _report = _report with { Failed = _report.Failed + 1 };
    }

    private void Remove(ScheduledRequest request)
    {
        Begin(request);
        Leave(request);
        ForgetSwapped(request);
        _requests.Remove(request);
    }

    /// <summary>A request that runs or ends waits no more for its beginning.</summary>
    private void Begin(ScheduledRequest request)
    {
        if (request.HasBegun) return;
        request.HasBegun = true;
        lock (_arrivals) _waiting--;
    }
}

/// <summary>Thrown when as many requests wait as a scheduler lets wait.</summary>
public sealed class QueueFullException(string message, Exception? inner = null) : InvalidOperationException(message, inner);

/// <summary>What a scheduler has done.</summary>
public sealed record SchedulerReport
{
    /// <summary>Steps; each read one batch.</summary>
    public long Steps { get; init; }

    /// <summary>Tokens read in all steps, those that were read again after a preemption included.</summary>
    public long ReadTokens { get; init; }

    /// <summary>Tokens that were not read, because pages of an earlier text held them.</summary>
    public long AdoptedTokens { get; init; }

    /// <summary>Requests that ended by themselves.</summary>
    public int Finished { get; init; }

    /// <summary>Requests that were cancelled.</summary>
    public int Cancelled { get; init; }

    /// <summary>Requests that ended with an error.</summary>
    public int Failed { get; init; }

    /// <summary>Times that a text lost its pages and was to be read again.</summary>
    public int PreemptedByRecompute { get; init; }

    /// <summary>Times that a text was moved to host memory.</summary>
    public int PreemptedBySwap { get; init; }

    /// <summary>Pages of earlier texts that were given away because no other page was free.</summary>
    public int EvictedPages { get; init; }
}
