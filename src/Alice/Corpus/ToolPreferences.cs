using System.Globalization;

namespace LlmRabbitHoles.Alice;

/// <summary>The call that a question asks for is better than one for another question, than the same misread and than none, and the result
/// that came back better than another. Without these pairs a model that learns to resist what tools bring back forgets how to use
/// them.</summary>
internal sealed class ToolPreferences(World world, Wordings wordings, ToolChats chats) : IPreferenceSource
{
    private readonly ToolTasks _tasks = new(world, wordings);
    private readonly PlanTasks _plans = new(wordings);
    private readonly NewToolChats _new = new(world, wordings, chats);

    public string Part => "tools";

    public IEnumerable<Preference> Generate(Random random)
    {
        while (true)
        {
            yield return random.Next(12) switch
            {
                0 or 1 => Planned(_plans.Next(random, heldOut: false), random),
                2 or 3 => Called(Pair(random), random),
                4 or 5 => Answered(Pair(random), random),
                6 => NotNeeded(random),
                7 => Unfitting(random),
                _ => New(random),
            };
        }
    }

    /// <summary>What is said without a tool, and a call or an excuse in its place.</summary>
    private Preference NotNeeded(Random random)
    {
        while (true)
        {
            var (question, answer) = chats.Talk(random);
            var call = _tasks.Next(random.One(ToolTasks.Names), random).Call;
            if (answer != ToolChats.NoTool)
                return new Preference(
                    Opened(question, [call.Name], random).Messages, answer,
                    random.Chance(0.5) ? ToolChats.NoTool : Conversation.Text(call));
        }
    }

    /// <summary>A question that none of some new tools answers.</summary>
    private Preference Unfitting(Random random)
    {
        var (offered, _, task) = _new.Draw(random);
        var question = _new.Unfitting(offered, random).Question;
        return new Preference(Opened(question, offered, random).Messages, ToolChats.NoTool, Conversation.Text(task.Call));
    }

    /// <summary>The right call of a new tool, or what it brought back, and another.</summary>
    private Preference New(Random random)
    {
        while (true)
        {
            var (offered, tool, task) = _new.Draw(random);
            var other = _new.Other(offered, tool, random);
            var chat = Opened(task.Question, offered, random);
            if (random.Chance(0.3))
            {
                if (other.Answer != task.Answer)
                    return new Preference(chat.Calls(task.Call).Result(task.Result).Messages, task.Answer, other.Answer);
                continue;
            }
            if (task.Call.IsSameAs(other.Call)) continue;
            var (said, value) = (Conversation.Text(task.Call), random.One([.. task.Call.Arguments.Values]));
            return new Preference(chat.Messages, said, random.Next(4) switch
            {
                0 => ToolChats.NoTool,
                1 when value.Length > 3 => said.Replace(value, value[..^random.Next(1, 3)], StringComparison.Ordinal),
                _ => Conversation.Text(other.Call),
            });
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

    private Conversation Opened(string question, IReadOnlyList<NewTool> offered, Random random) => new Conversation(Part)
        .System(AliceFormat.SystemText(chats.System(random), offered.Select(tool => tool.Tool))).User(question);
}
