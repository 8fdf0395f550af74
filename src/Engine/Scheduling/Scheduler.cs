using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Scheduling;

/// <summary>
/// Writes many texts with one model: each step reads one token of every text in progress and pieces of prompts, all in one forward. Texts
/// join and leave between steps.
/// </summary>
/// <remarks>
/// Yu et al. 2022 (Orca): iteration-level scheduling. Kwon et al. 2023, arXiv:2309.06180: pages, sharing, preemption. Agrawal et al. 2024,
/// arXiv:2403.02310 (Sarathi-Serve): prompts in pieces beside decodes.
/// <para>Order: the priority first, then the arrival; a level of priority is worth <see cref="SchedulerOptions.StepsPerPriority"/> steps of
/// waiting. This order of two requests never changes, so none starves. Seats and pages are given in this order: a request takes them from
/// those that come after it, the last first, and none overtakes one that waits before it.</para>
/// <para>A request has the tokens that it has alone, also sampled with a seed. A forward over other rows adds up in another order, so this
/// holds but for two tokens whose logits are equal within the rounding of the dtype: in float32 about one in a million, in bfloat16 more.
/// </para>
/// </remarks>
public sealed partial class Scheduler : IDisposable
{
    private readonly LanguageModel _model;
    private readonly SchedulerOptions _options;
    private readonly ModelRunner _runner;
    private readonly PagedCache _cache;
    private readonly Stack<int> _freeSeats;
    private readonly SortedSet<ScheduledRequest> _requests = new(new ByTurn());    // all that have not ended, the first to serve first
    private readonly SortedSet<ScheduledRequest> _running = new(new ByTurn());     // those of them that have a seat
    private long _steps;

    /// <summary>A scheduler without requests.</summary>
    /// <param name="model">Stays the caller's.</param>
    /// <param name="options">Default: 16 requests at once, which may all fill the context.</param>
    public Scheduler(LanguageModel model, SchedulerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _options = options ?? new SchedulerOptions();
        if (_options.TokenBudget < _options.MaxRunning)
            throw new ArgumentException($"The token budget is {_options.TokenBudget} a step and {_options.MaxRunning} requests may run: " +
                "each of them needs a token. Raise TokenBudget or lower MaxRunning.", nameof(options));
        (_model, _runner) = (model, new ModelRunner(model));
        _cache = new PagedCache(
            model.CacheShape, model.Config.ContextLength, _options.MaxRunning, _options.PageSize,
            _options.Pages ?? _options.MaxRunning * ((model.Config.ContextLength + _options.PageSize - 1) / _options.PageSize));
        _freeSeats = new Stack<int>(Enumerable.Range(0, _options.MaxRunning).Reverse());
    }

    /// <summary>Does one step: chooses work, reads it in one forward, samples, and ends the texts that are done.</summary>
    /// <param name="cancellationToken">Ends the step without effect; the requests stay.</param>
    /// <returns>False where there was nothing to do.</returns>
    /// <remarks>One thread at a time.</remarks>
    public bool Step(CancellationToken cancellationToken = default)
    {
        TakeArrivals();
        EndCancelled();
        if (_requests.Count == 0) return false;
        foreach (var (request, read) in Read(Plan(), cancellationToken)) Take(request, read);
        Interlocked.Increment(ref _steps);
        return true;
    }

    /// <summary>Does steps until nothing is left to do.</summary>
    /// <param name="cancellationToken">Ends the work between or in steps; the requests stay.</param>
    public void RunToEnd(CancellationToken cancellationToken = default)
    {
        while (Step(cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Ends all requests as cancelled and frees the pages.</summary>
    public void Dispose()
    {
        TakeArrivals(isLast: true);
        foreach (var request in _requests.ToArray()) End(request);
        _cache.Dispose();
        _arrived.Dispose();
    }

    /// <summary>What each request reads in this step: a token of each text in progress, then pieces of prompts within the budget.</summary>
    /// <returns>Those with equally many tokens side by side, since they attend together.</returns>
    private List<Piece> Plan()
    {
        var pieces = new List<Piece>();
        var decoding = _running.Where(request => Unread(request) == 1).ToHashSet();
        var (promptTokens, pages, mayEnter) = (_options.TokenBudget - decoding.Count, 0, true);    // pages: promised in this step
        foreach (var request in _requests.ToArray())
        {
            if (!request.IsRunning) mayEnter = mayEnter && promptTokens > 0 && TryEnter(request);
            if (!request.IsRunning) continue;
            var isDecode = decoding.Contains(request);
            var count = isDecode ? 1 : Math.Min(Unread(request), Math.Min(promptTokens, _options.PromptChunk ?? int.MaxValue));
            var needed = PagesToRead(request, count);
            if (count == 0 || !TryMakeRoom(request, pages + needed)) continue;
            pages += needed;
            if (!isDecode) promptTokens -= count;
            pieces.Add(new Piece(request, [.. request.Text.Skip(Held(request)).Take(count)]));
        }
        return [.. pieces.OrderBy(piece => piece.Tokens.Length)];
    }

    /// <summary>Samples where the whole text is read.</summary>
    private void Take(ScheduledRequest request, ForwardResult read)
    {
        _report = _report with { ReadTokens = _report.ReadTokens + read.Tokens };
        request.CountPrefill(read.Elapsed);
        if (Unread(request) > 0) return;
        if (!request.HasWritten) _cache.Publish(request.Seat!.Value, request.Text);
        try
        {
            request.Sample(read.Logits);
        }
#pragma warning disable CA1031 // Whatever goes wrong in one text, such as its grammar, is thrown where that text is read.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(request, error);
            return;
        }
        if (request.HasEnded) End(request);
    }

    private int Held(ScheduledRequest request) => request.Seat is { } seat ? _cache.Lengths[seat] : 0;

    /// <summary>Tokens of its text that the cache does not hold.</summary>
    private int Unread(ScheduledRequest request) => request.Text.Count - Held(request);

    /// <summary>Pages that a running request needs beyond its own to read so many tokens.</summary>
    private int PagesToRead(ScheduledRequest request, int count) =>
        _cache.PagesFor(Held(request) + count) - _cache.Tables[request.Seat!.Value].Count;

    /// <summary>Tokens of one request that one step reads.</summary>
    private sealed record Piece(ScheduledRequest Request, int[] Tokens);

    private sealed class ByTurn : IComparer<ScheduledRequest>
    {
        public int Compare(ScheduledRequest? x, ScheduledRequest? y) => (x!.Due, x.Number).CompareTo((y!.Due, y.Number));
    }
}
