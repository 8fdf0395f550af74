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
            switch (random.Next(10))
            {
                case 0: Told(chat, random); break;
                case 1: chat.Add(Story(random)); break;
                default:
                    if (random.Chance(0.25)) chat.Add(Ask("dialogue.greeting", random));
                    for (var turns = random.Chance(0.5) ? 1 : random.Next(2, 5); turns > 0; turns--) AddTurn(chat, random);
                    if (random.Chance(0.2)) chat.Add(Ask("dialogue.thanks", random));
                    break;
            }

            yield return chat.End();
        }
    }

    private void AddTurn(Conversation chat, Random random)
    {
        var (question, answer) = Talk(random);
        chat.Add(question, answer);
        if (answer.StartsWith("I can only ", StringComparison.Ordinal) && random.Chance(0.25))
            chat.Add(Ask("dialogue.why-not", random));
        else if (random.Chance(0.04))
            chat.Add(Casual.Vary(wordings.Expand("follow.again", [], random), random), answer);
    }

    /// <summary>One exchange of small talk, about her, or for something that she cannot do.</summary>
    public (string Question, string Answer) Talk(Random random) => random.Next(16) switch
    {
        0 => Ask("dialogue.greeting", random),
        1 => Ask("dialogue.thanks", random),
        < 6 => Ask("dialogue.identity", random),
        < 9 => Ask("dialogue.cannot", random),
        _ => Ask("dialogue.small-talk", random),
    };

    /// <summary>A story on request.</summary>
    public (string Question, string Answer) Story(Random random) =>
        (Casual.Vary(wordings.Expand("dialogue.story", [], random), random), stories.Short(random));

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
