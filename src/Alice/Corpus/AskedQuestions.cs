using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Finds evaluation questions in documents, whatever their case and punctuation.</summary>
/// <remarks>Where a question has turns before it (facts to remember, an instruction), it is the same only if these are the same
/// too.</remarks>
internal sealed class AskedQuestions(IEnumerable<EvaluationQuestion> questions)
{
    private const int LongestGreeting = 5;

    private readonly HashSet<string> _alone =
        [.. questions.Where(question => question.Messages.Count == 1).Select(question => Key(question.Messages))];

    private readonly HashSet<string> _conversations =
        [.. questions.Where(question => question.Messages.Count > 1).Select(question => Key(question.Messages))];

    /// <summary>Whether a document asks one of them.</summary>
    public bool AreIn(Document document) =>
        document.IsChat ? AreIn(document.Messages) : document.Text.Contains('?') && document.Text.Split('\n').Any(IsAsked);

    /// <summary>Whether a conversation asks one of them.</summary>
    public bool AreIn(IReadOnlyList<ChatMessage> messages)
    {
        var conversation = "";
        foreach (var message in messages)
        {
            conversation += Key(message);
            if (message.Role != "user" && message.Role != "tool") continue;
            if (_conversations.Contains(conversation) || (message.Role == "user" && IsAsked(message.Content))) return true;
        }
        return false;
    }

    private static string Key(IReadOnlyList<ChatMessage> messages) => messages.Count == 1
        ? CorpusBuilder.Normalized(messages[0].Content)
        : string.Concat(messages.Select(Key));

    private static string Key(ChatMessage message) => $"{message.Role}:{CorpusBuilder.Normalized(message.Content)}\n";

    // A few words before it, such as "Hi Alice!" or "Q:", do not make another question of it.
    private bool IsAsked(string line)
    {
        var text = CorpusBuilder.Normalized(line);
        if (_alone.Contains(text)) return true;
        for (var (words, at) = (0, text.IndexOf(' ')); at >= 0 && words < LongestGreeting; words++, at = text.IndexOf(' ', at + 1))
            if (_alone.Contains(text[(at + 1)..])) return true;
        return false;
    }
}
