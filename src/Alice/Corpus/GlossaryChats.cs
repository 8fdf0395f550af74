namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask what a term means, or for general knowledge.</summary>
internal sealed class GlossaryChats(Wordings wordings) : IDocumentSource
{
    public string Part => "explanations";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        using var terms = random.Cycle(Glossary.Definitions.Entries).GetEnumerator();
        using var trivia = random.Cycle(Glossary.Trivia.Entries).GetEnumerator();
        while (true)
        {
            var chat = Conversation.Begin(Part, random);
            for (var count = random.Chance(0.6) ? 1 : random.Next(2, 4); count > 0; count--)
                chat.Add(random.Chance(0.55) ? AskForTerm(Next(terms), random) : AskForTrivia(Next(trivia), random));
            yield return chat.End();
        }
    }

    /// <summary>A question for a term or for general knowledge, and its answer.</summary>
    public (string Question, string Answer) Ask(Random random) =>
        random.Chance(0.55)
            ? AskForTerm(random.One(Glossary.Definitions.Entries), random)
            : AskForTrivia(random.One(Glossary.Trivia.Entries), random);

    /// <summary>Slots of a term: with its article ("a token") and without ("token").</summary>
    public static Slots SlotsOf(GlossaryEntry entry)
    {
        var words = entry.Subject.Split(' ', 2);
        return new Slots { ["term"] = entry.Subject, ["bare"] = words is ["a" or "an" or "the", _] ? words[1] : entry.Subject };
    }

    private static GlossaryEntry Next(IEnumerator<GlossaryEntry> entries)
    {
        entries.MoveNext();
        return entries.Current;
    }

    private (string Question, string Answer) AskForTerm(GlossaryEntry entry, Random random) =>
        (Casual.Vary(wordings.Expand("definition.question", SlotsOf(entry), random), random), Glossary.Definitions.CommonAnswer(entry));

    private static (string Question, string Answer) AskForTrivia(GlossaryEntry entry, Random random) =>
        (Casual.Vary(random.One(entry.Questions), random), Glossary.Trivia.CommonAnswer(entry));
}
