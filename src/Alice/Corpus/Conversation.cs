using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

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

    /// <summary>Chats without end, each of some exchanges that do not hang together.</summary>
    public static IEnumerable<Document> Of(
        string part, int fewest, int most, Func<Random, (string Question, string Answer)> exchange, Random random)
    {
        while (true)
        {
            var chat = Begin(part, random);
            for (var count = random.Next(fewest, most + 1); count > 0; count--) chat.Add(exchange(random));
            yield return chat.End();
        }
    }

    public Conversation Add((string Question, string Answer) exchange) => Add(exchange.Question, exchange.Answer);

    public Conversation Add(string user, string assistant)
    {
        _messages.Add(new ChatMessage("user", user));
        _messages.Add(new ChatMessage("assistant", assistant));
        return this;
    }

    public Conversation System(string content) => Say("system", content);

    public Conversation User(string content) => Say("user", content);

    public Conversation Assistant(string content) => Say("assistant", content);

    /// <summary>What a tool brings back.</summary>
    public Conversation Result(string content) => Say("tool", content);

    /// <summary>A turn that calls tools, after a thought or at once.</summary>
    public Conversation Calls(params ToolCall[] calls) => Assistant(string.Concat(calls.Select(Text)));

    /// <summary>A question, the call that it needs, its result and the answer.</summary>
    public Conversation Add(ToolTask task) => User(task.Question).Calls(task.Call).Result(task.Result).Assistant(task.Answer);

    /// <summary>A call as she writes it.</summary>
    public static string Text(ToolCall call) => AliceFormat.ToolCall.Open + call + AliceFormat.ToolCall.Close;

    /// <summary>A thought as she writes it; an empty one closes her thoughts.</summary>
    public static string Thought(string text) => AliceFormat.Thought.Open + text + AliceFormat.Thought.Close;

    /// <summary>The turns so far.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    public Document End() => Document.Chat(part, _messages);

    private Conversation Say(string role, string content)
    {
        _messages.Add(new ChatMessage(role, content));
        return this;
    }
}
