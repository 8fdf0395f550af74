using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Memories;

/// <summary>Replaces old turns by a summary that a model writes, once the conversation is longer than a threshold.</summary>
/// <remarks>The summary and what is said later are summarized again when that is too long. Packer et al. 2023, arXiv:2310.08560
/// (MemGPT, recursive summary).</remarks>
/// <param name="model">Counts the tokens with its template; stays the caller's.</param>
/// <param name="summarizer">Reads the old turns as a text and writes the summary.</param>
/// <param name="threshold">Tokens of the whole conversation above which turns are summarized.</param>
/// <param name="state">What is known already. Default: nothing.</param>
public sealed class SummaryMemory(LanguageModel model, IAgent summarizer, int threshold, MemoryState? state = null) : IMemory
{
    private readonly List<ChatMessage> _messages = [.. state?.Messages ?? []];
    private string _summary = state?.Summary ?? "";

    /// <summary>Last turns that stay word by word. Default 2.</summary>
    public int KeptTurns { get; init; } = 2;

    /// <summary>What the summarizer is asked, before the text.</summary>
    public string Request { get; init; } = "Summarize this conversation in a few sentences. Keep names, numbers and wishes.";

    /// <summary>What stands before the summary in the system message.</summary>
    public string Heading { get; init; } = "Earlier in this conversation:";

    /// <inheritdoc/>
    public MemoryState State => new([.. _messages], _summary);

    /// <inheritdoc/>
    public void Add(ChatMessage message) => _messages.Add(message);

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage> Recall(CancellationToken cancellationToken = default)
    {
        if (model.EncodeChat(Conversation()).Length > threshold) Summarize(cancellationToken);
        return Conversation();
    }

    // One system message: templates read the first one only, or refuse a second.
    private IReadOnlyList<ChatMessage> Conversation()
    {
        string[] system =
        [
            .. Turns.System(_messages).Select(message => message.Content),
            .. _summary.Length > 0 ? [$"{Heading} {_summary}"] : Array.Empty<string>(),
        ];
        var told = string.Join("\n\n", system);
        var said = Turns.Of(_messages).SelectMany(turn => turn);
        return told.Length > 0 ? [new ChatMessage("system", told), .. said] : [.. said];
    }

    private void Summarize(CancellationToken cancellationToken)
    {
        var turns = Turns.Of(_messages);
        var old = turns.Take(turns.Count - KeptTurns).SelectMany(turn => turn).ToArray();
        if (old.Length == 0) return;
        string[] lines =
        [
            Request,
            .. _summary.Length > 0 ? [$"{Heading} {_summary}"] : Array.Empty<string>(),
            .. old.Select(message => $"{message.Role}: {message.Content}"),
        ];
        var summary = summarizer.Run([new ChatMessage("user", string.Join('\n', lines))], cancellationToken).Answer;
        // Where nothing was written, nothing is forgotten.
        if (string.IsNullOrWhiteSpace(summary)) return;
        _summary = summary;
        _messages.RemoveAll(message => old.Any(forgotten => ReferenceEquals(forgotten, message)));
    }
}
