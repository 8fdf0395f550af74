using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>A chat in the making.</summary>
internal sealed class Conversation(string part)
{
    private readonly List<ChatMessage> _messages = [];

    /// <summary>A new chat, which in one case of four begins with a system message.</summary>
    public static Conversation Begin(string part, Random random)
    {
        var chat = new Conversation(part);
        if (random.Chance(0.25))
            chat._messages.Add(new ChatMessage("system", Wordings.All.Expand("system", [], random)));
        return chat;
    }

    public Conversation Add((string Question, string Answer) exchange) => Add(exchange.Question, exchange.Answer);

    public Conversation Add(string user, string assistant)
    {
        _messages.Add(new ChatMessage("user", user));
        _messages.Add(new ChatMessage("assistant", assistant));
        return this;
    }

    public Document End() => Document.Chat(part, _messages);
}
