namespace LlmRabbitHoles.Alice;

/// <summary>Chats of everyday: greetings, who Alice is, thanks, what was said earlier in the chat, a story on request.</summary>
internal sealed class Dialogues(Wordings wordings, Stories stories) : IDocumentSource
{
    public string Part => "dialogues";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var chat = Conversation.Begin(Part, random);
            switch (random.Next(8))
            {
                case 0: chat.Add(Ask("dialogue.greeting", random)).Add(Ask("dialogue.identity", random)); break;
                case 1 or 2: chat.Add(Ask("dialogue.identity", random)); break;
                case 3: Told(chat, random); break;
                case 4: chat.Add(Casual.Vary(wordings.Expand("dialogue.story", [], random), random), stories.Short(random)); break;
                case 5: chat.Add(Ask("dialogue.small-talk", random)); break;
                case 6: chat.Add(Ask("dialogue.greeting", random)); break;
                default: chat.Add(Ask("dialogue.small-talk", random)).Add(Ask("dialogue.thanks", random)); break;
            }

            yield return chat.End();
        }
    }

    private (string Question, string Answer) Ask(string rule, Random random) => Ask(rule, [], random);

    private (string Question, string Answer) Ask(string rule, Slots slots, Random random)
    {
        var (question, answer) = wordings.Ask(rule, slots, random);
        for (var tries = 0; HeldOut.Is(question) && rule.StartsWith("dialogue.recall", StringComparison.Ordinal) && tries < 100; tries++)
            (question, answer) = wordings.Ask(rule, slots, random);
        return (Casual.Vary(question, random), answer);
    }

    // Something is told first and asked for later.
    private void Told(Conversation chat, Random random)
    {
        var slots = Characters.Child(random, []);
        slots["city"] = random.One(World.Alice.Tables["country"])["capital"];
        slots["colour"] = random.One(World.Alice.Tables["coloured"])["colour"];
        slots["animal"] = random.One(World.Alice.Tables["animal"])["animal"];
        slots["age"] = random.Next(5, 90).ToString();
        var kind = random.One(["name", "city", "colour", "pet", "age"]);
        chat.Add(Ask($"dialogue.tell.{kind}", slots, random));
        if (random.Chance(0.4))
            chat.Add(Ask("dialogue.small-talk", random));
        chat.Add(Ask($"dialogue.recall.{kind}", slots, random));
    }
}
