namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask for facts of the world: one, a few in a row, or a talk whose later questions need the earlier ones.</summary>
internal sealed class FactChats(World world, Wordings wordings) : IDocumentSource
{
    private readonly FactQuestions _questions = new(world, wordings);
    private readonly FactTalk _talk = new(world, wordings);

    public string Part => "questions";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        using var facts = random.Cycle(world.Lessons).GetEnumerator();
        while (facts.MoveNext())
        {
            var chat = Conversation.Begin(Part, random).Add(Ask(facts.Current, random));
            for (var more = random.Chance(0.5) ? 0 : random.Next(1, 4); more > 0 && facts.MoveNext(); more--)
                AddTurns(chat, facts.Current, random);
            yield return chat.End();
        }
    }

    /// <summary>One question on the fact and its answer.</summary>
    public (string Question, string Answer) Ask(Fact fact, Random random)
    {
        var (question, answer) = _questions.Ask(fact, random);
        return (Casual.Vary(question, random), answer);
    }

    /// <summary>Exchanges that follow one another: a question for the fact, and so many that need what was said before.</summary>
    public IReadOnlyList<(string Question, string Answer)> Talk(Fact fact, int follows, Random random) => _talk.Next(fact, follows, random);

    // "What is the female form of king?"
    private (string Question, string Answer) Pair(Random random)
    {
        var (asked, answer) = wordings.Ask("pair.question", random.One(world.Tables["male"]), random);
        return (Casual.Vary(_questions.Frames.Expand("asked", new Slots { ["asked"] = asked }, random), random), answer);
    }

    private void AddTurns(Conversation chat, Fact fact, Random random)
    {
        if (random.Chance(0.03))
            chat.Add(Pair(random));
        else if (random.Chance(0.3))
            chat.Add(Ask(fact, random));
        else
            foreach (var exchange in Talk(fact, random.Next(0, 5), random)) chat.Add(exchange);
        if (random.Chance(0.06))
            chat.Add(wordings.Ask("dialogue.thanks", [], random));
    }
}
