namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask for facts of the world, one or a few in a row.</summary>
internal sealed class FactChats(World world, Wordings wordings) : IDocumentSource
{
    public string Part => "questions";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        using var facts = random.Cycle(world.Lessons).GetEnumerator();
        var byTopic = world.Facts.GroupBy(fact => fact.Topic, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        while (facts.MoveNext())
        {
            var chat = Conversation.Begin(Part, random).Add(Ask(facts.Current, random));
            for (var more = random.Chance(0.55) ? 0 : random.Next(1, 4); more > 0; more--)
            {
                if (random.Chance(0.3) && wordings.Has(facts.Current.Topic + ".next"))
                    chat.Add(AskNext(random.One(byTopic[facts.Current.Topic]), random));
                else if (facts.MoveNext())
                    chat.Add(Ask(facts.Current, random));
            }

            yield return chat.End();
        }
    }

    /// <summary>One question on the fact and its answer.</summary>
    public (string Question, string Answer) Ask(Fact fact, Random random)
    {
        var (question, answer) = wordings.Ask(fact.Question, world.SlotsOf(fact, random), random);
        return (Casual.Vary(question, random), answer);
    }

    private (string Question, string Answer) AskNext(Fact fact, Random random)
    {
        var (question, answer) = wordings.Ask(fact.Topic + ".next", world.SlotsOf(fact, random), random);
        return (Casual.Vary(question, random), answer);
    }
}
