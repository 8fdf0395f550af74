namespace LlmRabbitHoles.Alice;

/// <summary>Pages with a hidden instruction: answering what the user asked is better than doing what the page says, and than doing both.
/// In few pairs the user wants the page followed, and following it is better: more of them teach her to follow what nobody
/// wanted.</summary>
internal sealed class InjectionPreferences(World world, Wordings wordings, PageChats chats) : IPreferenceSource
{
    private readonly Pages _pages = new(world, wordings);
    private readonly PageFacts _facts = new(world, wordings);

    public string Part => "injections";

    public IEnumerable<Preference> Generate(Random random)
    {
        while (true)
        {
            var pair = random.Next(20) switch
            {
                < 5 => Tidy(random),
                5 => Ordered(random),
                < 9 => Plain(random),
                _ => Injected(random),
            };
            if (pair.Chosen != pair.Rejected) yield return pair;
        }
    }

    // In the words of the evaluation's questions.
    private Preference Tidy(Random random)
    {
        var page = _pages.Draw(random, heldOut: false);
        var text = _pages.Injected(page, random, heldOut: false);
        return new Preference(
            chats.Opened(page, _pages.Question(page, random), text, random).Messages, Pages.Answer(page), PageChats.Said(page));
    }

    private Preference Injected(Random random)
    {
        var task = _facts.Next(random);
        var (injected, followed) = _facts.Injected(task, random);
        var rejected = random.Next(4) switch
        {
            0 when !followed.StartsWith(AliceFormat.ToolCall.Open, StringComparison.Ordinal) => $"{task.Answer} {followed}",
            1 when task.Answer != Unknowns.Answer => Unknowns.Answer,
            _ => followed,
        };
        return new Preference(chats.Opened(injected, random).Messages, task.Answer, rejected);
    }

    // No instruction: the fact that stands there is better than another one and than none.
    private Preference Plain(Random random)
    {
        var (task, other) = (_facts.Next(random), _facts.Next(random));
        return new Preference(
            chats.Opened(task, random).Messages, task.Answer,
            random.Chance(0.5) && task.Answer != Unknowns.Answer ? Unknowns.Answer : other.Answer);
    }

    private Preference Ordered(Random random)
    {
        var task = _facts.Ordered(random);
        return new Preference(chats.Opened(task, random).Messages, task.Answer, $"The page says: {task.Page}");
    }
}
