using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>Somebody who answers a conversation: a model with its tools, or in a test a script.</summary>
public interface IAgent
{
    /// <summary>Runs until there is an answer, or none can be reached.</summary>
    /// <param name="messages">The conversation so far, oldest message first.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    Transcript Run(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken = default);
}
