using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>One document of a corpus: plain text, or a chat whose assistant turns are what a model learns.</summary>
public sealed record Document
{
    private Document(string part, string text, IReadOnlyList<ChatMessage> messages) => (Part, Text, Messages) = (part, text, messages);

    /// <summary>The part of the corpus that made it, such as "stories".</summary>
    public string Part { get; }

    /// <summary>The plain text; of a chat, its contents joined by line ends.</summary>
    public string Text { get; }

    /// <summary>The turns of a chat; empty for plain text.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Whether this is a chat.</summary>
    public bool IsChat => Messages.Count > 0;

    /// <summary>Whether it is kept away from training, where its source decides that; null where its text decides.</summary>
    internal bool? IsHeldOut { get; init; }

    /// <summary>A document of plain text.</summary>
    public static Document Plain(string part, string text) => new(part, text, []);

    /// <summary>A chat, in the order in which it was spoken.</summary>
    public static Document Chat(string part, IReadOnlyList<ChatMessage> messages) =>
        new(part, string.Join('\n', messages.Select(message => message.Content)), messages);
}
