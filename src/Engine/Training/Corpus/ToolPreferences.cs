using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Training;

/// <summary>The call that a question asks for is better than one for another question and than none, and the result that came back better than another.
/// Without these pairs a model that learns to resist what tools bring back forgets how to use them.</summary>
internal sealed class ToolPreferences(World world, Wordings wordings, ToolChats chats) : IPreferenceSource
{
    private readonly ToolTasks _tasks = new(world, wordings);
    private readonly PlanTasks _plans = new(wordings);

    public string Part => "tools";

    public IEnumerable<Preference> Generate(Random random)
    {
        while (true)
        {
            var (right, wrong) = Pair(random);
            yield return random.Next(5) switch
            {
                0 => Planned(_plans.Next(random, heldOut: false), _plans.Next(random, heldOut: false), random),
                1 or 2 => new Preference(Asked(right, random).Messages, Conversation.Text(right.Call), random.Chance(0.3) ? ToolChats.NoTool : Conversation.Text(wrong.Call)),
                _ => new Preference(Asked(right, random).Calls(right.Call).Result(right.Result).Messages, right.Answer, wrong.Answer),
            };
        }
    }

    /// <summary>Two tasks for one tool that differ in their calls and their answers.</summary>
    private (ToolTask Right, ToolTask Wrong) Pair(Random random)
    {
        var name = random.One(ToolTasks.Names);
        while (true)
        {
            var (right, wrong) = (_tasks.Next(name, random), _tasks.Next(name, random));
            if (!right.Call.IsSameAs(wrong.Call) && right.Answer != wrong.Answer)
                return (right, wrong);
        }
    }

    private Preference Planned(PlanTask right, PlanTask wrong, Random random) =>
        new(Opened(right.Question, PlanTasks.Tools, random).Messages, right.Said(0), wrong.Said(0));

    private Conversation Asked(ToolTask task, Random random) => Opened(task.Question, [task.Call.Name], random);

    private Conversation Opened(string question, string[] needed, Random random) =>
        new Conversation(Part).System(ToolPrompt.SystemText(chats.System(random), ToolChats.Offer(random, needed))).User(question);
}
