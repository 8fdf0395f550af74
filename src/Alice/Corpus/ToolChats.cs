using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice;

/// <summary>Chats with tools: one call, two calls at once, none where none is needed, and a word where none fits. Some questions follow
/// another and leave out what both share. Between them other things are spoken of, so that tools on offer do not make her forget how to
/// talk.</summary>
internal sealed class ToolChats(World world, Wordings wordings, FactChats facts) : IDocumentSource
{
    /// <summary>What she says when she has no tool for a question.</summary>
    public const string NoTool = "I have no tool for that.";

    private readonly ToolTasks _tasks = new(world, wordings);
    private readonly Memories _memories = new(wordings);
    private readonly Unknowns _unknowns = new(world, wordings);
    private readonly GlossaryChats _glossary = new(wordings);
    private readonly Dialogues _dialogues = new(wordings, new Stories(world, wordings));
    private readonly ThinkingChats _sums = new(wordings);

    public string Part => "tools";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var offered = Offer(random, []);
            var chat = new Conversation(Part).System(AliceFormat.SystemText(System(random), offered));
            var told = random.Chance(0.2) ? Memories.Some(random, 1, heldOut: false)[0] : null;
            if (told is not null) chat.Add(_memories.Tell(told, random), wordings.Expand("memory.ack", [], random));
            ToolTask? last = null;
            for (var turns = Turns(random); turns > 0; turns--) last = Turn(chat, offered, last, random);
            if (told is not null) chat.Add(_memories.Ask(told, random, heldOut: false));
            yield return chat.End();
        }
    }

    /// <summary>Two to five tools in any order, among them all that are named.</summary>
    public static IReadOnlyList<ITool> Offer(Random random, IReadOnlyList<string> needed)
    {
        var others = random.Shuffled(ToolTasks.Tools.Keys.Except(needed))
            .Take(random.Next(Math.Max(0, 2 - needed.Count), 5 - needed.Count));
        return [.. random.Shuffled(needed.Concat(others)).Select(name => ToolTasks.Tools[name])];
    }

    /// <summary>What stands before the tools; nothing in half of all cases.</summary>
    public string System(Random random) => random.Chance(0.5) ? "" : wordings.Expand("tool.system", [], random);

    /// <summary>Two questions as one, in the words of the evaluation.</summary>
    public string Joined(ToolTask first, ToolTask second, Random random) =>
        $"{first.Question} {wordings.Expand("tool.and", [], random)} {ToolTasks.Lowered(second.Question)}";

    private static int Turns(Random random) => random.Next(10) switch
    {
        < 5 => 1,
        < 9 => random.Next(2, 5),
        _ => random.Next(5, 14),
    };

    // Returns the task that a next question can follow.
    private ToolTask? Turn(Conversation chat, IReadOnlyList<ITool> offered, ToolTask? last, Random random)
    {
        var usable = ToolTasks.Names.Where(name => offered.Any(t => t.Name == name)).ToArray();
        if (last is not null && random.Chance(0.35) && _tasks.After(last, random) is { } next)
        {
            chat.Add(next);
            return next;
        }
        var kind = random.NextDouble();
        if (kind < 0.28 || usable.Length == 0)
            chat.Add(random.Chance(0.15) && !usable.Contains("calculator") ? _sums.Ask(random) : Talk(random));
        else if (kind < 0.40 && ToolTasks.Names.Except(usable).Where(name => name != "calculator").ToArray() is { Length: > 0 } missing)
            chat.Add(_tasks.Next(random.One(missing), random).Question, NoTool);
        else if (kind < 0.58)
            Two(chat, usable, random);
        else
        {
            var task = _tasks.Next(random.One(usable), random);
            chat.Add(task);
            return task;
        }
        return null;
    }

    /// <summary>An exchange that needs no tool, half of the time small talk.</summary>
    public (string Question, string Answer) Talk(Random random) => random.Next(14) switch
    {
        0 => _unknowns.Next(random, heldOut: false),
        < 8 => _dialogues.Talk(random),
        8 or 9 => _glossary.Ask(random),
        10 => _dialogues.Story(random),
        _ => facts.Ask(random.One(world.Lessons), random),
    };

    private void Two(Conversation chat, string[] usable, Random random)
    {
        var (first, second) = (_tasks.Next(random.One(usable), random), _tasks.Next(random.One(usable), random));
        chat.User(_tasks.Joined(first, second, random))
            .Calls(first.Call, second.Call).Result(first.Result).Result(second.Result).Assistant($"{first.Answer} {second.Answer}");
    }
}
