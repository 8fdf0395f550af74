using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents;

/// <summary>The turns after a question: the model's, and between them the results of the tools that it called.</summary>
/// <param name="Turns">Assistant and tool turns, in order, with all special tokens but the end of turn.</param>
/// <param name="Calls">The calls that could be read, in order.</param>
/// <param name="Malformed">Tool calls that could not be read as JSON.</param>
/// <param name="Thought">The thoughts of all its turns; empty where there are none.</param>
/// <param name="Answer">The last assistant turn without thought and calls.</param>
/// <param name="StopReason">Why the last assistant turn ended.</param>
public sealed record Transcript(
    IReadOnlyList<ChatMessage> Turns, IReadOnlyList<ToolCall> Calls, int Malformed, string Thought, string Answer, StopReason StopReason)
{
    /// <summary>The last assistant turn as it was generated, with its timings.</summary>
    public GenerationResult? Last { get; init; }
}
