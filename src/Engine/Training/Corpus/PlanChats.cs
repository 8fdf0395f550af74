using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Training;

/// <summary>Chats with tasks of three steps: a plan is thought, the tools are called one after the other, figures are weighed, then she answers. Between
/// them stand questions that one call answers, which need no plan.</summary>
internal sealed class PlanChats(World world, Wordings wordings, ToolChats tools) : IDocumentSource
{
    private static readonly string[] Needed = ["calculator", "lookup"];

    private readonly PlanTasks _tasks = new(wordings);
    private readonly ToolTasks _steps = new(world, wordings);

    public string Part => "plans";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var chat = new Conversation(Part).System(ToolPrompt.SystemText(tools.System(random), ToolChats.Offer(random, Needed)));
            for (var count = random.Chance(0.6) ? 1 : 2; count > 0; count--)
            {
                if (random.Chance(0.2)) chat.Add(_steps.Next(random.One(Needed), random));
                else Add(chat, _tasks.Next(random, heldOut: false));
            }

            yield return chat.End();
        }
    }

    private static void Add(Conversation chat, PlanTask task)
    {
        chat.User(task.Question);
        foreach (var (index, (call, result)) in task.Steps.Index())
            chat.Assistant(Thought(index == 0 ? task.Plan : index == task.Steps.Count - 1 ? task.Weighing : "") + Conversation.Text(call)).Result(result);
        chat.Assistant(task.Answer);
    }

    private static string Thought(string text) => text.Length > 0 ? $"<|think|>{text}<|/think|>" : "";
}
