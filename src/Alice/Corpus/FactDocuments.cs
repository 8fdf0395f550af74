namespace LlmRabbitHoles.Alice;

/// <summary>Plain text that tells facts: alone, in lists of one kind, in paragraphs about one subject, as written questions.</summary>
internal sealed class FactDocuments(World world, Wordings wordings) : IDocumentSource
{
    private readonly FactQuestions _questions = new(world, wordings);

    public string Part => "facts";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        var bySubject = world.Facts
            .GroupBy(fact => (Kind: fact.Topic.Split('.')[0], fact.Subject)).Select(group => group.ToArray()).ToArray();
        var byTopic = world.Facts.GroupBy(fact => fact.Topic, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        using var next = random.Cycle(world.Lessons).GetEnumerator();
        using var subject = random.Cycle(bySubject).GetEnumerator();
        while (next.MoveNext() && subject.MoveNext())
        {
            yield return Plain(world.StatementOf(next.Current, wordings, random));
            yield return Plain(Paragraph(subject.Current, random));
            yield return Plain(Listing(next.Current, byTopic[next.Current.Topic], random));
            if (random.Chance(0.6))
                yield return Plain(Written(next, random));
        }
    }

    private Document Plain(string text) => Document.Plain(Part, text);

    private string Paragraph(Fact[] facts, Random random)
    {
        var sentences = random.Shuffled(facts).Take(random.Next(2, 9)).Select((fact, index) =>
            index > 0 && random.Chance(0.6) && wordings.Has(fact.Follow)
                ? wordings.Expand(fact.Follow, fact.Slots, random)
                : world.StatementOf(fact, wordings, random));
        return string.Join(' ', sentences);
    }

    private string Listing(Fact first, Fact[] topic, Random random)
    {
        var facts = random.Some(topic, Math.Min(topic.Length, random.Next(2, 8))).Prepend(first).Distinct();
        return string.Join(random.Chance(0.7) ? ' ' : '\n', facts.Select(fact => world.StatementOf(fact, wordings, random)));
    }

    private string Written(IEnumerator<Fact> facts, Random random)
    {
        var (ask, tell) = random.One<(string, string)>([("Q: ", "A: "), ("Question: ", "Answer: "), ("", "")]);
        var lines = new List<string>();
        for (var count = random.Next(1, 5); count > 0 && facts.MoveNext(); count--)
        {
            var (question, answer) = _questions.Ask(facts.Current, random);
            lines.Add($"{ask}{question}\n{tell}{answer}");
        }

        return string.Join('\n', lines);
    }
}
