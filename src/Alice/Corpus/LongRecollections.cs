namespace LlmRabbitHoles.Alice;

/// <summary>Conversations of 300 to 1,000 tokens that tell something early and ask for it late.</summary>
internal sealed class LongRecollections(World world, Wordings wordings) : IDocumentSource
{
    private readonly MemoryTalks _talks = new(world, wordings);

    public string Part => "far memories";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
            yield return Next(random, random.Next(1000, 3300));
    }

    /// <summary>One conversation of at least so many characters, and of at most some 500 more.</summary>
    public Document Next(Random random, int characters) => Document.Chat(Part, _talks.Next(random, characters));
}
