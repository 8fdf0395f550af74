using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Memories;

/// <summary>Recalls the last turns that fit into a number of tokens, whole, and the system messages.</summary>
/// <param name="model">Counts the tokens with its template; stays the caller's.</param>
/// <param name="tokens">That the conversation may have, as the model's template writes it.</param>
/// <param name="state">What is known already. Default: nothing.</param>
public sealed class WindowMemory(LanguageModel model, int tokens, MemoryState? state = null) : IMemory
{
    private readonly List<ChatMessage> _messages = [.. state?.Messages ?? []];

    /// <inheritdoc/>
    public MemoryState State => new([.. _messages]);

    /// <inheritdoc/>
    public void Add(ChatMessage message) => _messages.Add(message);

    /// <inheritdoc/>
    /// <remarks>The last turn is always recalled, even where it alone is too long: without it there is nothing to answer.</remarks>
    public IReadOnlyList<ChatMessage> Recall(CancellationToken cancellationToken = default)
    {
        ChatMessage[] system = [.. Turns.System(_messages)];
        List<ChatMessage> recalled = [];
        foreach (var turn in Turns.Of(_messages).AsEnumerable().Reverse())
        {
            if (recalled.Count > 0 && model.EncodeChat([.. system, .. turn, .. recalled]).Length > tokens) break;
            recalled.InsertRange(0, turn);
        }
        return [.. system, .. recalled];
    }
}
