namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask for one of many things or for many of one: what is counted in the plural is looked up in the singular.</summary>
internal sealed class NamingChats(Wordings wordings) : IDocumentSource
{
    public string Part => "naming";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 2, 5, Ask, random);

    private (string Question, string Answer) Ask(Random random)
    {
        var goods = Enumerable.Range(0, random.Next(1, 4)).Select(_ => ToolTasks.Good(random, heldOut: false)).ToArray();
        var slots = new Slots
        {
            ["one"] = English.List([.. goods.Select(good => English.WithArticle(good["item"]))]),
            ["many"] = English.List(
                [.. goods.Select(good => random.Chance(0.6) ? $"{random.Next(2, 100)} {good["plural"]}" : $"all {good["plural"]}")]),
            ["names"] = string.Join(", ", goods.Select(good => good["item"])),
            ["plurals"] = string.Join(", ", goods.Select(good => good["plural"])),
        };
        return wordings.Ask(random.Chance(0.75) ? "naming.one" : "naming.many", slots, random);
    }
}
