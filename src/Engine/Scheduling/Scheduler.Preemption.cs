using System.Diagnostics;

namespace LlmRabbitHoles.Scheduling;

/// <content>Who has seats and pages, and who gives them up.</content>
public sealed partial class Scheduler
{
    private int _hostTokens;    // tokens in host memory

    /// <summary>
    /// Lets a request run if its whole text has room, next to what those before it have still to read. It may take seats and pages from
    /// those after it.
    /// </summary>
    private bool TryEnter(ScheduledRequest request)
    {
        var needed = _cache.PagesFor(request.Text.Count);
        var after = _running.Where(other => GoesBefore(request, other)).ToArray();
        var attainable = _cache.AvailablePages + after.Sum(other => Pages(other)) - _running.Except(after).Sum(PagesToCome);
        if (attainable < needed || (_freeSeats.Count == 0 && after.Length == 0)) return false;
        // The last to be served gives way first.
        for (var last = after.Length - 1; _freeSeats.Count == 0 || _cache.AvailablePages - _running.Sum(PagesToCome) < needed; last--)
        {
            if (last < 0) return false;
            Preempt(after[last]);
        }
        Enter(request);
        return true;
    }

    /// <summary>Frees pages for a running request, which gives up its own where nobody comes after it.</summary>
    /// <param name="request">It runs.</param>
    /// <param name="pages">All that are promised in this step, with its own.</param>
    private bool TryMakeRoom(ScheduledRequest request, int pages)
    {
        while (_cache.AvailablePages < pages)
        {
            var last = _running.Max!;
            Preempt(last);
            if (last == request) return false;
        }
        return true;
    }

    /// <summary>Takes seat and pages from a request, which waits in its old place in the order.</summary>
    private void Preempt(ScheduledRequest request)
    {
        var seat = request.Seat!.Value;
        request.Preemptions++;
        // Until a page is needed it can still be found, and then need not be read or copied again.
        _cache.Publish(seat, request.Text);
        if (_options.Preemption == PreemptionKind.Swap && Held(request) is > 0 and var held
            && held <= (_options.HostTokens ?? int.MaxValue) - _hostTokens)
        {
            request.Swapped = _cache.SwapOut(seat);
            _hostTokens += held;
            _report = _report with { PreemptedBySwap = _report.PreemptedBySwap + 1 };
        }
        else
        {
            _report = _report with { PreemptedByRecompute = _report.PreemptedByRecompute + 1 };
        }
        Leave(request);
    }

    private void Enter(ScheduledRequest request)
    {
        Debug.Assert(request.Seat is null, "It runs already.");
        var seat = _freeSeats.Pop();
        request.Seat = seat;
        _running.Add(request);
        var adopted = _cache.Adopt(seat, request.Text);
        if (!request.HasBegun)
        {
            request.AdoptedTokens = adopted;
            _report = _report with { AdoptedTokens = _report.AdoptedTokens + adopted };
        }
        if (request.Swapped is { } swapped) _cache.SwapIn(seat, swapped);
        ForgetSwapped(request);
        Begin(request);
    }

    /// <summary>Takes the seat and the pages of a request, if it has them.</summary>
    private void Leave(ScheduledRequest request)
    {
        if (request.Seat is not { } seat) return;
        _cache.Truncate(seat, 0);
        _freeSeats.Push(seat);
        _running.Remove(request);
        request.Seat = null;
    }

    private void ForgetSwapped(ScheduledRequest request)
    {
        if (request.Swapped is not { } swapped) return;
        _hostTokens -= swapped.Length;
        swapped.Dispose();
        request.Swapped = null;
    }

    private bool GoesBefore(ScheduledRequest request, ScheduledRequest other) => _requests.Comparer.Compare(request, other) < 0;

    private int Pages(ScheduledRequest request) => _cache.Tables[request.Seat!.Value].Count;

    /// <summary>Pages that a running request still needs for the text that it has.</summary>
    private int PagesToCome(ScheduledRequest request) => _cache.PagesFor(request.Text.Count) - Pages(request);
}
