using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents.Tracing;

/// <summary>Something that an agent did, as it happens.</summary>
/// <param name="Agent">Who did it; empty where there is only one.</param>
public abstract record AgentStep(string Agent)
{
    /// <summary>What was done, in one line, without the agent's name.</summary>
    public abstract string Line { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Agent.Length > 0 ? $"{Agent}: {Line}" : Line;

    private protected static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}

/// <summary>A model wrote a turn.</summary>
/// <param name="Agent">Who did it.</param>
/// <param name="Turn">The turn, taken apart.</param>
/// <param name="Result">Its tokens, stop reason and timings.</param>
public sealed record TurnWritten(string Agent, ChatTurn Turn, GenerationResult Result) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line
    {
        get
        {
            string[] parts =
            [
                .. Turn.Thought.Length > 0 ? [$"thinks \"{OneLine(Turn.Thought)}\""] : Array.Empty<string>(),
                .. Turn.Answer.Length > 0 ? [$"says \"{OneLine(Turn.Answer)}\""] : Array.Empty<string>(),
                .. Turn.Calls.Select(call => call is null ? "calls what cannot be read" : $"calls {call.Name}"),
            ];
            return parts.Length == 0 ? "says nothing" : string.Join(", ", parts);
        }
    }
}

/// <summary>A tool was run, or its call was refused.</summary>
/// <param name="Agent">Whose call it was.</param>
/// <param name="Outcome">The call and what the model reads.</param>
public sealed record ToolRan(string Agent, ToolOutcome Outcome) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line
    {
        get
        {
            var call = Outcome.Call is { } c ? $"{c.Name}({string.Join(", ", c.Arguments.Values)})" : "an unreadable call";
            return $"{call} {(Outcome.IsError ? "fails:" : "=")} {OneLine(Outcome.Text)}";
        }
    }
}
