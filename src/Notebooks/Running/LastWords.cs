namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>Keeps the lines of standard error that explain why a process ended. Thread-safe.</summary>
internal sealed class LastWords
{
    /// <summary>The line .NET writes for FailFast; the message is on the next line.</summary>
    private const string Terminated = "Process terminated.";

    private static readonly string[] Causes =
        ["Unhandled exception", "Stack overflow", "Fatal error", Terminated, "terminate called", "Out of memory"];

    private readonly Lock _lock = new();
    private string? _cause;
    private string? _last;

    /// <summary>The first line that names a cause, else the last line that is not empty; null when nothing was written.</summary>
    public string? Telling
    {
        get
        {
            lock (_lock)
                return _cause ?? _last;
        }
    }

    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lock)
        {
            if (_cause == Terminated)
                _cause = $"{Terminated} {line.Trim()}";
            _last = line.Trim();
            if (_cause is null && Causes.Any(cause => line.StartsWith(cause, StringComparison.OrdinalIgnoreCase)))
                _cause = _last;
        }
    }
}
