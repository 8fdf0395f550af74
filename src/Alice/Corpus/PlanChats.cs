namespace LlmRabbitHoles.Alice;

/// <summary>Chats with tasks of three steps: a plan is thought, the tools are called one after the other, figures are weighed, then she
/// answers. Between them stand questions that one call answers, which need no plan. In a quarter of the chats her thoughts are closed in
/// every turn, so that she calls and answers without a written plan.</summary>
/// <remarks>Closed thoughts are written as <see cref="Agents.AgentLoop.MayThink"/> keeps them in a conversation.</remarks>
internal sealed class PlanChats(World world, Wordings wordings, ToolChats tools) : IDocumentSource
{
    private const double AtOnce = 0.25;

    private readonly PlanTasks _tasks = new(wordings);
    private readonly ToolTasks _steps = new(world, wordings);

    public string Part => "plans";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var chat = new Conversation(Part)
                .System(AliceFormat.SystemText(tools.System(random), ToolChats.Offer(random, PlanTasks.Tools)));
            var atOnce = random.Chance(AtOnce);
            for (var count = random.Chance(0.6) ? 1 : 2; count > 0; count--)
            {
                if (random.Chance(0.2)) AddCall(chat, _steps.Next(random.One(PlanTasks.Tools), random), atOnce);
                else Add(chat, _tasks.Next(random, heldOut: false), atOnce);
            }

            yield return chat.End();
        }
    }

    /// <summary>A task and all that is done for it.</summary>
    /// <param name="chat">Its system message offers <see cref="PlanTasks.Tools"/>.</param>
    /// <param name="task">What is asked.</param>
    /// <param name="atOnce">Whether her thoughts are closed.</param>
    public static void Add(Conversation chat, PlanTask task, bool atOnce)
    {
        chat.User(task.Question);
        foreach (var (index, (_, result)) in task.Steps.Index())
            chat.Assistant(atOnce ? task.SaidAtOnce(index) : task.Said(index)).Result(result);
        chat.Assistant(Closed(atOnce) + task.Answer);
    }

    private static void AddCall(Conversation chat, ToolTask task, bool atOnce) => chat.User(task.Question)
        .Assistant(Closed(atOnce) + Conversation.Text(task.Call)).Result(task.Result).Assistant(Closed(atOnce) + task.Answer);

    private static string Closed(bool atOnce) => atOnce ? Conversation.Thought("") : "";
}
