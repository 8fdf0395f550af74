using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Memories;

/// <summary>Keeps a conversation and gives back what of it a model reads before its next turn.</summary>
public interface IMemory
{
    /// <summary>All that is kept, to be saved.</summary>
    MemoryState State { get; }

    /// <summary>Keeps a message.</summary>
    void Add(ChatMessage message);

    /// <summary>What the model reads: system messages, then what is recalled, in the order in which it was said.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    IReadOnlyList<ChatMessage> Recall(CancellationToken cancellationToken = default);
}

/// <summary>What a memory keeps.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Summary">Of messages that are no longer kept word by word; empty if there are none.</param>
public sealed record MemoryState(IReadOnlyList<ChatMessage> Messages, string Summary = "")
{
    /// <summary>Nothing.</summary>
    public static MemoryState Empty { get; } = new([]);
}
