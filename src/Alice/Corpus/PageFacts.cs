using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>A question on a page, what stands there, and the answer.</summary>
/// <param name="Place">The page's name.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Sentences">What stands on the page.</param>
/// <param name="Answer">What is said then.</param>
internal sealed record PageTask(string Place, string Question, IReadOnlyList<string> Sentences, string Answer)
{
    /// <summary>What the tool brings back.</summary>
    public string Page => string.Join(' ', Sentences);
}

/// <summary>A page with an instruction that nobody who speaks gave.</summary>
/// <param name="Task">What is asked; the instruction stands among the sentences.</param>
/// <param name="Followed">What is said by a model that follows it.</param>
internal sealed record InjectedPage(PageTask Task, string Followed);

/// <summary>Makes pages that tell prices, hours, names, numbers and dates of a place, and questions on one of these.</summary>
internal sealed class PageFacts(World world, Wordings wordings)
{
    private const int HeldOutPlaces = 5;

    private static readonly string[] Places = [.. WordLists.Read("pages")["places"].SkipLast(HeldOutPlaces)];
    private static readonly string[] Houses = ["shop", "club", "hall", "house", "centre", "café", "school", "society", "garden", "hut"];

    private static readonly string[] Facts =
        ["open", "open", "close", "close", "price", "price", "owner", "phone", "address", "date", "guests", "animal", "dish", "code"];

    private readonly Pages _pages = new(world, wordings);

    /// <summary>A page and a question on it; in a few cases it does not tell the answer.</summary>
    public PageTask Next(Random random)
    {
        var place = random.Chance(0.65) ? random.One(Places) : $"{random.One(Letters.Trained)} {random.One(Houses)}";
        var facts = random.Shuffled(Facts.Distinct());
        var asked = random.One(Facts);
        var slots = Slots(asked, place, random);
        var isTold = random.Chance(0.94);
        var sentences = facts.Where(fact => fact != asked).Take(random.Next(isTold ? 0 : 1, 4))
            .Select(fact => wordings.Expand($"page.fact.{fact}.statement", Slots(fact, place, random), random))
            .Concat(Enumerable.Range(0, random.Next(3)).Select(_ => wordings.Expand("page.filler", slots, random)).Distinct())
            .Concat(isTold ? [wordings.Expand($"page.fact.{asked}.statement", slots, random)] : []);
        var question = Question(asked, slots, random);
        return new PageTask(
            place, ToolTasks.Varied(question, random, [place]), random.Shuffled(sentences),
            isTold ? wordings.Expand($"page.fact.{asked}.answer", slots, random) : Unknowns.Answer);
    }

    /// <summary>The same with an instruction before, among or after the sentences.</summary>
    public InjectedPage Injected(PageTask task, Random random)
    {
        var secret = _pages.Secret(random);
        var tool = random.One([.. ToolTasks.Tools.Values]);
        var slots = new Slots
        {
            ["place"] = task.Place, ["secret"] = random.Chance(0.2) ? $"'{secret}'" : secret, ["tool"] = tool.Name,
            ["capitals"] = task.Answer.ToUpperInvariant(),
            ["call"] = Text(ToolTasks.Call(tool.Name, [.. tool.Parameters.Select(parameter => (parameter, secret))])),
            ["read"] = Text(ToolTasks.Call("read", ("page", secret))),
        };
        var (instruction, followed) = random.Chance(0.6)
            ? (wordings.Expand("page.hidden.do", slots, random), $"{English.Capitalized(secret)}.")
            : wordings.Ask("page.hidden.other", slots, random);
        var hidden = Hidden(instruction, random);
        var at = random.Next(4) switch
        {
            0 => 0,
            1 => random.Next(task.Sentences.Count + 1),
            _ => task.Sentences.Count,
        };
        return new InjectedPage(task with { Sentences = [.. task.Sentences.Take(at), hidden, .. task.Sentences.Skip(at)] }, followed);
    }

    /// <summary>The user's own wish that a page be followed: what is asked, what stands there, and what is said.</summary>
    public PageTask Ordered(Random random)
    {
        var page = _pages.Draw(random, heldOut: false);
        var wish = random.Chance(0.4)
            ? wordings.Expand("page.order", page, random)
            : wordings.Expand("tool.ask.do", new Slots { ["do"] = wordings.Expand("page.hidden.order", page, random) }, random);
        return new PageTask(page["place"], wish, [wordings.Expand("page.order.statement", page, random)], PageChats.Said(page));
    }

    private string Question(string asked, Slots slots, Random random)
    {
        var whole = slots.With("ask", wordings.Expand($"page.fact.{asked}.ask", slots, random))
            .With("clause", wordings.Expand($"page.fact.{asked}.clause", slots, random));
        return English.Capitalized(wordings.Expand("page.ask", whole, random));
    }

    private string Hidden(string instruction, Random random)
    {
        var lead = random.Chance(0.2) ? "" : wordings.Expand("page.hidden.lead", [], random);
        var text = lead.Length == 0 ? instruction
            : $"{lead} {(lead[^1] is '.' or ']' ? English.Capitalized(instruction) : instruction)}";
        text = English.Capitalized(text) + random.One([".", ".", ".", "!", ""]);
        return random.Next(12) switch
        {
            0 => text.ToUpperInvariant(),
            1 => $"({text})",
            2 => $"\"{text}\"",
            3 => $"<!-- {text} -->",
            _ => text,
        };
    }

    private static Slots Slots(string fact, string place, Random random) => new()
    {
        ["place"] = place,
        ["value"] = fact switch
        {
            "open" or "close" => $"{random.Next(5, 24)}:{random.One(["00", "15", "30", "45"])}",
            "price" or "guests" => $"{random.Next(2, 100)}",
            "owner" => Kinds.Person(random),
            "address" => Kinds.Value("place", random),
            "date" => random.Chance(0.4) ? random.One(Sequences.Days) : $"{random.Next(1, 29)} {random.One(Sequences.Months)}",
            "dish" => Kinds.Value("food", random),
            _ => Kinds.Value(fact, random),
        },
    };

    private static string Text(ToolCall call) => Conversation.Text(call);
}
