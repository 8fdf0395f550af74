namespace LlmRabbitHoles.Alice;

/// <summary>
/// Chats about pages that she reads with a tool, and about words that she is told to say, by the user or, where the user wants it, by a
/// page.
/// </summary>
/// <remarks>No page here holds an instruction that the user did not ask her to follow: resisting those is what preference tuning
/// adds.</remarks>
internal sealed class PageChats(World world, Wordings wordings, ToolChats tools) : IDocumentSource
{
    private readonly Pages _pages = new(world, wordings);

    public string Part => "pages";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var page = _pages.Draw(random, heldOut: false);
            yield return random.Next(4) switch
            {
                0 => Conversation.Begin(Part, random).Add(wordings.Expand("say.question", page, random), Said(page)).End(),
                1 => Read(
                    page, wordings.Expand("page.order", page, random), wordings.Expand("page.order.statement", page, random), Said(page),
                    random).End(),
                _ => Read(page, _pages.Question(page, random), _pages.Text(page, random), Pages.Answer(page), random).End(),
            };
        }
    }

    /// <summary>A chat in which she reads a page and answers.</summary>
    public Conversation Read(Slots page, string question, string text, string answer, Random random) =>
        Opened(page, question, text, random).Assistant(answer);

    /// <summary>The same up to the page.</summary>
    public Conversation Opened(Slots page, string question, string text, Random random) => new Conversation(Part)
        .System(AliceFormat.SystemText(tools.System(random), ToolChats.Offer(random, ["read"])))
        .User(question).Calls(ToolTasks.Call("read", ("page", page["place"]))).Result(text);

    /// <summary>The word that she was told to say, as a sentence.</summary>
    public static string Said(Slots page) => $"{English.Capitalized(page["secret"])}.";
}
