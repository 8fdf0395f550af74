using System.Globalization;

namespace LlmRabbitHoles.Alice;

/// <summary>The call that a question asks for is better than one for another question, than the same misread and than none, and the result
/// that came back better than another. Without these pairs a model that learns to resist what tools bring back forgets how to use
/// them.</summary>
internal sealed class ToolPreferences(World world, Wordings wordings, ToolChats chats) : IPreferenceSource
{
    private readonly ToolTasks _tasks = new(world, wordings);
    private readonly PlanTasks _plans = new(wordings);

    public string Part => "tools";

    public IEnumerable<Preference> Generate(Random random)
    {
        while (true)
        {
            yield return random.Next(5) switch
            {
                0 => Planned(_plans.Next(random, heldOut: false), random),
                1 or 2 => Called(Pair(random), random),
                _ => Answered(Pair(random), random),
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

    private Preference Called((ToolTask Right, ToolTask Wrong) pair, Random random) =>
        new(Asked(pair.Right, random).Messages, Conversation.Text(pair.Right.Call), random.Next(3) switch
        {
            0 => ToolChats.NoTool,
            1 when pair.Right.Call.Arguments.TryGetValue("subject", out var name) => Misnamed(
                Conversation.Text(pair.Right.Call), name, random),
            _ => Conversation.Text(pair.Wrong.Call),
        });

    private Preference Answered((ToolTask Right, ToolTask Wrong) pair, Random random) =>
        new(Asked(pair.Right, random).Calls(pair.Right.Call).Result(pair.Right.Result).Messages, pair.Right.Answer, pair.Wrong.Answer);

    /// <summary>
    /// A step of a plan, and the same step misread: a name in another form, the lesser of two named as the greater, a figure that nobody
    /// brought.
    /// </summary>
    private Preference Planned(PlanTask task, Random random)
    {
        var step = random.Next(task.Steps.Count);
        var chat = Opened(task.Question, PlanTasks.Tools, random);
        foreach (var (index, (_, result)) in task.Steps.Take(step).Index()) chat.Assistant(task.Said(index)).Result(result);
        var said = task.Said(step);
        var wrong = step < 2
            ? Misnamed(said, task.Steps[random.Next(step, 2)].Call.Arguments["subject"], random)
            : task.Weighing.Length > 0
            ? said.Replace(task.Weighing, task.Misweighing, StringComparison.Ordinal)
            : Miscounted(said, task.Steps[random.Next(2)].Result, random);
        return new Preference(chat.Messages, said, wrong);
    }

    // In the plural, cut short, or one word of two.
    private static string Misnamed(string said, string name, Random random)
    {
        var form = random.Next(3) switch
        {
            0 => English.Plural(name),
            1 when name.Contains(' ') => random.One(name.Split(' ')),
            _ => name[..^random.Next(1, Math.Min(4, name.Length))],
        };
        return said.Replace(name, form.TrimEnd(), StringComparison.Ordinal);
    }

    private static string Miscounted(string said, string figure, Random random) =>
        said.Replace(figure, $"{int.Parse(figure, CultureInfo.InvariantCulture) + random.Next(1, 100)}", StringComparison.Ordinal);

    private Conversation Asked(ToolTask task, Random random) => Opened(task.Question, [task.Call.Name], random);

    private Conversation Opened(string question, string[] needed, Random random) =>
        new Conversation(Part).System(AliceFormat.SystemText(chats.System(random), ToolChats.Offer(random, needed))).User(question);
}
