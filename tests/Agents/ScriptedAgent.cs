using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents.Tests;

/// <summary>Gives prepared answers in order, and keeps what it was asked: where the model's choice is not what is tested.</summary>
internal sealed class ScriptedAgent(params string[] answers) : IAgent
{
    private int _next;

    /// <summary>The last message of each run.</summary>
    public List<string> Asked { get; } = [];

    public Transcript Run(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add(messages[^1].Content);
        Assert.True(_next < answers.Length, $"The script has {answers.Length} answers, and one more is asked for: {messages[^1].Content}");
        var answer = answers[_next++];
        return new Transcript([new ChatMessage("assistant", answer)], [], 0, "", answer, StopReason.EndTurn);
    }
}
