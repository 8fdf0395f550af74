using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Chats in which something was told and is asked for, and as many in which it was not told.</summary>
internal sealed class MemoryChats(World world, Wordings wordings) : IDocumentSource
{
    private readonly Recollections _recollections = new(world, wordings);
    private readonly MemoryTalks _talks = new(world, wordings);

    public string Part => "memories";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            if (random.Chance(0.65))
            {
                yield return random.Chance(0.1)
                    ? Conversation.Begin(Part, random).Add(_talks.Exchange(random)).End()
                    : Document.Chat(Part, _talks.Next(random));
                continue;
            }

            var recollection = _recollections.Next(random, heldOut: false);
            var forgotten = random.Chance(0.3);
            List<ChatMessage> messages = recollection.Prompt(forgotten);
            messages[^1] = new ChatMessage("user", Casual.Vary(messages[^1].Content, random));
            messages.Add(new ChatMessage("assistant", forgotten ? Recollection.NotTold : recollection.Answer));
            for (var more = random.Next(3); more > 0; more--)
            {
                var (question, answer) = _recollections.AskMore(recollection, forgotten, random);
                messages.Add(new ChatMessage("user", Casual.Vary(question, random)));
                messages.Add(new ChatMessage("assistant", answer));
            }

            yield return Document.Chat(Part, messages);
        }
    }
}
