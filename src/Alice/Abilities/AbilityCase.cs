using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>One question of the evaluation and how its answer is judged.</summary>
/// <param name="Topic">What kind of question, for the breakdown.</param>
/// <param name="Messages">The turns before the answer.</param>
/// <param name="IsRight">Whether what happened then was right.</param>
public sealed record AbilityCase(string Topic, IReadOnlyList<ChatMessage> Messages, Func<Transcript, bool> IsRight)
{
    /// <summary>What a right answer holds, for people who read of failures; null where a few words cannot say it.</summary>
    public string? Wanted { get; init; }

    /// <summary>Tools that she is offered; none by default.</summary>
    public IReadOnlyList<ITool> Tools { get; init; } = [];

    /// <summary>Whether she may think first. Default true; false closes her thoughts before they begin.</summary>
    public bool MayThink { get; init; } = true;

    /// <summary>
    /// Whether only the token that ends a turn ends the answer, and not also the one that ends a document. Default false.
    /// </summary>
    public bool MustEndTurn { get; init; }

    /// <summary>Parts of what is right by name, whose shares are published as figures. Default: none.</summary>
    public IReadOnlyDictionary<string, Func<Transcript, bool>> Aspects { get; init; } = new Dictionary<string, Func<Transcript, bool>>();

    /// <summary>The same asked in the way that is compared with; for abilities whose baseline is <see cref="Baseline.Contrast"/>.</summary>
    public AbilityCase? Contrast { get; init; }
}
