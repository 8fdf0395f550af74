namespace LlmRabbitHoles.Hub.Tests;

/// <summary>A clock on which pauses pass at once and are noted, and on which a timeout passes only when it is told to.</summary>
internal sealed class TestTime : TimeProvider
{
    /// <summary>The timeout of the pulls on this clock: a timer set to it is no pause.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromHours(10);

    private static readonly TimeSpan Never = TimeSpan.FromMilliseconds(-1);
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _pauses = [];
    private readonly HashSet<Timer> _waiting = [];

    /// <summary>The pauses that were made.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_lock) return [.. _pauses];
        }
    }

    /// <summary>Ends all timeouts that run now.</summary>
    public void RunOut()
    {
        Timer[] due;
        lock (_lock)
        {
            due = [.. _waiting];
            _waiting.Clear();
        }
        foreach (var timer in due) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(Timer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _waiting.Remove(timer);
            if (dueTime == Never) return;
            if (dueTime == Timeout)
            {
                _waiting.Add(timer);
                return;
            }
            _pauses.Add(dueTime);
        }
        timer.Fire();
    }

    private sealed class Timer(TestTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Fire() => ThreadPool.QueueUserWorkItem(_ => callback(state));

        public void Dispose() => time.Set(this, Never);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
