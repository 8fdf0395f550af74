using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>One case and what became of it.</summary>
/// <param name="Case">What was asked.</param>
/// <param name="Transcript">What was answered; null where the case did not fit into the model's context.</param>
/// <param name="IsRight">Whether that was right.</param>
/// <param name="Problem">Why nothing was answered; null where something was.</param>
public sealed record CaseOutcome(AbilityCase Case, Transcript? Transcript, bool IsRight, string? Problem = null);
