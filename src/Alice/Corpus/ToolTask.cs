using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>A question that one tool call answers.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Call">The call that is right.</param>
/// <param name="Result">What the tool brings back.</param>
/// <param name="Answer">What is said then.</param>
internal sealed record ToolTask(string Question, ToolCall Call, string Result, string Answer);
