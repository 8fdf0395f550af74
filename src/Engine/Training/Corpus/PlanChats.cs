using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Training;

/// <summary>Chats with tasks of three steps: a plan is thought, the tools are called one after the other, then she answers.</summary>
internal sealed class PlanChats(Wordings wordings, ToolChats tools) : IDocumentSource
{
    private readonly PlanTasks _tasks = new(wordings);

    public string Part => "plans";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var chat = new Conversation(Part).System(ToolPrompt.SystemText(tools.System(random), ToolChats.Offer(random, ["calculator", "lookup"])));
            for (var count = random.Chance(0.75) ? 1 : 2; count > 0; count--) Add(chat, _tasks.Next(random, heldOut: false));
            yield return chat.End();
        }
    }

    private static void Add(Conversation chat, PlanTask task)
    {
        chat.User(task.Question);
        foreach (var (index, (call, result)) in task.Steps.Index())
            chat.Assistant((index == 0 ? $"<|think|>{task.Plan}<|/think|>" : "") + Conversation.Text(call)).Result(result);
        chat.Assistant(task.Answer);
    }
}
