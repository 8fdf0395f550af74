namespace LlmRabbitHoles.Alice;

/// <summary>Chats that write words and sentences in capital or in small letters.</summary>
internal sealed class CapitalsChats(World world, Wordings wordings) : IDocumentSource
{
    private static readonly WordLists Lists = WordLists.Read("capitals");
    private static readonly string[] Ranks = Lists["ranks"];

    public string Part => "capitals";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 4, Ask, random);

    private (string Question, string Answer) Ask(Random random)
    {
        var text = Text(random);
        return wordings.Ask(
            random.Chance(0.75) ? "capitals.large" : "capitals.small",
            new Slots { ["text"] = text, ["large"] = text.ToUpperInvariant(), ["small"] = text.ToLowerInvariant() }, random);
    }

    private string Text(Random random)
    {
        var fact = random.One(world.Facts);
        return random.Next(10) switch
        {
            < 4 => string.Join(' ', random.Some(Letters.Words, random.Next(1, 5))),
            4 or 5 => $"{random.One(["my", "your", "dear", "good", "old", "the"])} {random.One(Ranks)}",
            6 => fact.Answer,
            _ => world.StatementOf(fact, wordings, random),
        };
    }
}
