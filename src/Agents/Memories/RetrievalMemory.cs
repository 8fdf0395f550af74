using System.Numerics.Tensors;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Memories;

/// <summary>Recalls the turns that are nearest to the last message, by the cosine of their vectors, and the last turn itself.</summary>
/// <remarks>Lewis et al. 2020, arXiv:2005.11401, over what was said before. Vectors are made when they are first needed and
/// are not saved.</remarks>
/// <param name="embed">A text's vector, of length 1, as <see cref="Generation.TextEmbedder"/> makes it.</param>
/// <param name="count">Earlier turns to recall at most.</param>
/// <param name="state">What is known already. Default: nothing.</param>
public sealed class RetrievalMemory(Func<string, float[]> embed, int count, MemoryState? state = null) : IMemory
{
    private readonly List<ChatMessage> _messages = [.. state?.Messages ?? []];
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public MemoryState State => new([.. _messages]);

    /// <inheritdoc/>
    public void Add(ChatMessage message) => _messages.Add(message);

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage> Recall(CancellationToken cancellationToken = default)
    {
        var turns = Turns.Of(_messages);
        if (turns.Count == 0) return [.. Turns.System(_messages)];
        var question = VectorOf(turns[^1][0].Content);
        var nearest = turns.SkipLast(1).Index()
            .OrderByDescending(turn => Cosine(question, turn.Item, cancellationToken)).ThenByDescending(turn => turn.Index).Take(count)
            .OrderBy(turn => turn.Index).SelectMany(turn => turn.Item);
        return [.. Turns.System(_messages), .. nearest, .. turns[^1]];
    }

    /// <summary>Of the question and a turn's texts, without tool results.</summary>
    private float Cosine(float[] question, List<ChatMessage> turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var said = string.Join('\n', turn.Where(message => message.Role != "tool").Select(message => message.Content));
        return TensorPrimitives.Dot<float>(question, VectorOf(said));
    }

    private float[] VectorOf(string text) => _vectors.TryGetValue(text, out var known) ? known : _vectors[text] = embed(text);
}
