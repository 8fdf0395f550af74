using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Two answers to the same conversation, one of them better.</summary>
/// <param name="Prompt">The turns so far; the last is the user's or a tool's.</param>
/// <param name="Chosen">The better assistant turn, as she writes it: thoughts and calls included, without the end of the turn.</param>
/// <param name="Rejected">The worse one.</param>
public sealed record Preference(IReadOnlyList<ChatMessage> Prompt, string Chosen, string Rejected);
