using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Memories;

/// <summary>A conversation in parts that stay together: each begins with a user's message and holds all that followed it.</summary>
internal static class Turns
{
    /// <summary>The system messages, wherever they stand.</summary>
    public static IEnumerable<ChatMessage> System(IEnumerable<ChatMessage> messages) => messages.Where(message => message.Role == "system");

    /// <summary>The turns, oldest first; what stands before the first user's message is one of its own.</summary>
    public static List<List<ChatMessage>> Of(IEnumerable<ChatMessage> messages)
    {
        List<List<ChatMessage>> turns = [];
        foreach (var message in messages.Where(message => message.Role != "system"))
        {
            if (turns.Count == 0 || message.Role == "user") turns.Add([]);
            turns[^1].Add(message);
        }
        return turns;
    }
}
