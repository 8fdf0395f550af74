namespace LlmRabbitHoles.Alice;

/// <summary>Chats with tasks of three steps: a plan is thought, the tools are called one after the other, figures are weighed, then she
/// answers. Between them stand questions that one call answers, which need no plan.</summary>
internal sealed class PlanChats(World world, Wordings wordings, ToolChats tools) : IDocumentSource
{
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
            for (var count = random.Chance(0.6) ? 1 : 2; count > 0; count--)
            {
                if (random.Chance(0.2)) chat.Add(_steps.Next(random.One(PlanTasks.Tools), random));
                else Add(chat, _tasks.Next(random, heldOut: false));
            }

            yield return chat.End();
        }
    }

    private static void Add(Conversation chat, PlanTask task)
    {
        chat.User(task.Question);
        foreach (var (index, (_, result)) in task.Steps.Index()) chat.Assistant(task.Said(index)).Result(result);
        chat.Assistant(task.Answer);
    }
}
