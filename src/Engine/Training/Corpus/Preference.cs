using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>Two answers to one conversation, one of them better.</summary>
/// <param name="Prompt">The turns before the answer.</param>
/// <param name="Chosen">The better answer.</param>
/// <param name="Rejected">The worse one.</param>
/// <remarks>Rafailov et al. 2023, arXiv:2305.18290.</remarks>
public sealed record Preference(IReadOnlyList<ChatMessage> Prompt, string Chosen, string Rejected);
