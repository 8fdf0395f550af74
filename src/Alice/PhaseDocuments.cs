namespace LlmRabbitHoles.Alice;

/// <summary>Which documents of a corpus a phase learns from.</summary>
internal static class PhaseDocuments
{
    // A chat model reads some plain text again, so that it does not forget what it knows.
    private const double PlainShare = 0.18;

    /// <summary>The documents in the order in which they came.</summary>
    public static IReadOnlyList<Document> Of(TrainingPhase phase, IReadOnlyList<Document> documents) => phase switch
    {
        TrainingPhase.Base => [.. documents.Where(d => !d.IsChat)],
        TrainingPhase.Sft => Chats(documents),
        TrainingPhase.Draft => documents,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "This phase does not learn from documents."),
    };

    /// <summary>The documents that a phase learns alone at its beginning: a base model first learns to copy from the context.</summary>
    public static IEnumerable<Document> First(TrainingPhase phase, IReadOnlyList<Document> documents) =>
        phase == TrainingPhase.Base ? documents.Where(d => d.Part == EchoDocuments.Name) : [];

    private static List<Document> Chats(IReadOnlyList<Document> documents)
    {
        var chats = documents.Where(d => d.IsChat).ToList();
        var room = chats.Sum(d => (long)d.Text.Length) * PlainShare / (1 - PlainShare);
        var plain = documents.Where(d => !d.IsChat).TakeWhile(d => (room -= d.Text.Length) > 0);
        return [.. chats, .. plain];
    }
}
