namespace LlmRabbitHoles.Alice;

/// <summary>Chats with tools that are new in every chat, so that the offer has to be read. The right one stands among near ones, or none
/// fits.</summary>
internal sealed class NewToolChats(World world, Wordings wordings, ToolChats chats) : IDocumentSource
{
    private const double WithOwn = 0.2;

    private readonly NewTools _tools = new(wordings);
    private readonly ToolTasks _own = new(world, wordings);

    public string Part => "new-tools";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var offered = NewTools.Offer(random, random.Next(2, 6));
            var own = random.Chance(WithOwn) ? random.One(ToolTasks.Names) : null;
            var tools = offered.Select(tool => tool.Tool).Concat(own is null ? [] : [ToolTasks.Tools[own]]);
            var chat = new Conversation(Part).System(AliceFormat.SystemText(chats.System(random), random.Shuffled(tools)));
            if (own is not null && random.Chance(0.5)) chat.Add(_own.Next(own, random));
            (NewTool Tool, ToolTask Task)? last = null;
            for (var turns = random.Next(10) switch { < 5 => 1, < 9 => 2, _ => 4 }; turns > 0; turns--)
                last = Turn(chat, offered, last, random);
            yield return chat.End();
        }
    }

    /// <summary>One exchange over these tools, added to a chat whose system message offers them.</summary>
    /// <returns>The task that a next question can follow; null for none.</returns>
    public (NewTool Tool, ToolTask Task)? Turn(
        Conversation chat, IReadOnlyList<NewTool> offered, (NewTool Tool, ToolTask Task)? last, Random random)
    {
        if (last is var (again, _) && random.Chance(0.3) && _tools.After(again, random) is { } next)
        {
            chat.Add(next);
            return (again, next);
        }
        var kind = random.NextDouble();
        if (kind < 0.1) chat.Add(chats.Talk(random));
        else if (kind < 0.24) chat.Add(Unfitting(offered, random).Question, ToolChats.NoTool);
        else if (kind < 0.34) Two(chat, offered, random);
        else
        {
            var tool = random.One(offered);
            var task = _tools.Ask(tool, random);
            chat.Add(task);
            return (tool, task);
        }
        return null;
    }

    /// <summary>The offer and a task for one of its tools.</summary>
    public (IReadOnlyList<NewTool> Offered, NewTool Tool, ToolTask Task) Draw(Random random)
    {
        var offered = NewTools.Offer(random, random.Next(2, 6));
        var tool = random.One(offered);
        return (offered, tool, _tools.Ask(tool, random));
    }

    /// <summary>A task for a tool that is not there, nor one that is near it.</summary>
    public ToolTask Unfitting(IReadOnlyList<NewTool> offered, Random random)
    {
        var groups = offered.Select(tool => tool.Action.Group).ToHashSet(StringComparer.Ordinal);
        var action = random.One([.. ToolAction.All.Where(action => !groups.Contains(action.Group))]);
        return _tools.Ask(NewTools.Draw(action, [], random), random);
    }

    /// <summary>Another task for the same tool, or for another one that is offered.</summary>
    public ToolTask Other(IReadOnlyList<NewTool> offered, NewTool tool, Random random) =>
        _tools.Ask(random.Chance(0.5) ? tool : random.One([.. offered.Where(other => other != tool)]), random);

    private void Two(Conversation chat, IReadOnlyList<NewTool> offered, Random random)
    {
        var (first, second) = (_tools.Ask(random.One(offered), random), _tools.Ask(random.One(offered), random));
        if (first.Question[^1] is not ('.' or '?' or '!')) first = first with { Question = first.Question + "." };
        var then = second.Call.Arguments.Values.Any(value => second.Question.StartsWith(value, StringComparison.Ordinal))
            ? second.Question : ToolTasks.Lowered(second.Question);
        chat.User($"{first.Question} {wordings.Expand("tool.joined", [], random)} {then}")
            .Calls(first.Call, second.Call).Result(first.Result).Result(second.Result).Assistant($"{first.Answer} {second.Answer}");
    }
}
