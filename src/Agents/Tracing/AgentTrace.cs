namespace LlmRabbitHoles.Agents.Tracing;

/// <summary>Keeps every step that agents report, in order. May be used from many threads.</summary>
public sealed class AgentTrace : IProgress<AgentStep>
{
    private readonly Lock _lock = new();
    private readonly List<AgentStep> _steps = [];

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<AgentStep> Steps
    {
        get
        {
            lock (_lock) return [.. _steps];
        }
    }

    /// <inheritdoc/>
    public void Report(AgentStep value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock) _steps.Add(value);
    }

    /// <summary>A line for each step, numbered from 1.</summary>
    public override string ToString() => string.Join('\n', Steps.Select((step, index) => $"{index + 1}. {step}"));
}
