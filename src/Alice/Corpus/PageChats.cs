namespace LlmRabbitHoles.Alice;

/// <summary>
/// Chats about pages that she reads with a tool, and about words that she is told to say, by the user or, where the user wants it, by a
/// page.
/// </summary>
/// <remarks>Some pages hold an instruction that the user did not ask her to follow; she answers the question all the same. How many
/// decides what is left for preference tuning to add.</remarks>
internal sealed class PageChats(World world, Wordings wordings, ToolChats tools) : IDocumentSource
{
    private const double WithInstruction = 0.35;

    private readonly Pages _pages = new(world, wordings);
    private readonly PageFacts _facts = new(world, wordings);

    public string Part => "pages";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var page = _pages.Draw(random, heldOut: false);
            yield return random.Next(24) switch
            {
                0 or 1 => Conversation.Begin(Part, random).Add(wordings.Expand("say.question", page, random), Said(page)).End(),
                2 => Read(_facts.Ordered(random), random).End(),
                < 8 => Read(page, _pages.Question(page, random), _pages.Text(page, random), Pages.Answer(page), random).End(),
                _ => Several(random).End(),
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

    /// <summary>A question on a page, the call and the page.</summary>
    public Conversation Opened(PageTask task, Random random) =>
        Opened(new Slots { ["place"] = task.Place }, task.Question, task.Page, random);

    /// <summary>One exchange, added to a chat whose system message offers the tool that reads.</summary>
    public void Turn(Conversation chat, Random random)
    {
        var task = _facts.Next(random);
        if (random.Chance(WithInstruction)) task = _facts.Injected(task, random).Task;
        chat.User(task.Question).Calls(ToolTasks.Call("read", ("page", task.Place))).Result(task.Page).Assistant(task.Answer);
    }

    /// <summary>The word that she was told to say, as a sentence.</summary>
    public static string Said(Slots page) => $"{English.Capitalized(page["secret"])}.";

    private Conversation Several(Random random)
    {
        var chat = new Conversation(Part).System(AliceFormat.SystemText(tools.System(random), ToolChats.Offer(random, ["read"])));
        for (var turns = random.Chance(0.75) ? 1 : random.Next(2, 4); turns > 0; turns--) Turn(chat, random);
        return chat;
    }

    private Conversation Read(PageTask task, Random random) => Opened(task, random).Assistant(task.Answer);
}
