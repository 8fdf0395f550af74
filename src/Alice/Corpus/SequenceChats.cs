namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask to count, or what comes after or before something.</summary>
internal sealed class SequenceChats(Wordings wordings) : IDocumentSource
{
    private readonly QuestionFrames _frames = new(wordings);

    public string Part => "counting";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 2, Ask, random);

    /// <summary>One question to count or for a neighbour in a row, and its answer.</summary>
    public (string Question, string Answer) Ask(Random random) =>
        random.Next(10) switch { < 4 => Count(random), < 6 => Continue(random), _ => Neighbour(random) };

    private (string Question, string Answer) Neighbour(Random random)
    {
        var topic = random.Chance(0.6) ? "sequence.after" : "sequence.before";
        var slots = NeighbourSlots(random);
        var (question, answer) = wordings.Ask(topic + ".question", slots, random);
        if (random.Chance(0.65))
            (question, answer) = (Composed(topic, slots, random), wordings.First(topic + ".question", slots).Split(" => ")[1]);
        return (Casual.Vary(question, random), answer);
    }

    private string Composed(string topic, Slots slots, Random random)
    {
        while (true)
        {
            var question = _frames.Compose(topic, slots, random);
            if (!wordings.EachOf(topic + ".held-out", slots).Any(held => HeldOut.Holds(question, held)))
                return question;
        }
    }

    // "One, two, three, ..." is answered with what follows, to the end of the row.
    private (string Question, string Answer) Continue(Random random)
    {
        string[] items = random.Next(6) switch
        {
            0 or 1 => [.. Sequences.Words(1, 10)],
            2 => [.. Sequences.Figures(1, 10)],
            3 => Sequences.Days,
            4 => Sequences.Months,
            _ => [.. Sequences.Figures(2, 10, 2)],
        };
        var shown = random.Next(2, 6);
        var start = English.Capitalized(string.Join(", ", items.Take(shown)));
        var question = wordings.Expand("sequence.continue", new Slots { ["shown"] = start }, random);
        return (Casual.Vary(question, random), English.Capitalized(string.Join(", ", items.Skip(shown))) + ".");
    }

    /// <summary>{kind} of thing, the {earlier} and the {later} one.</summary>
    internal static Slots NeighbourSlots(Random random)
    {
        var (kind, items) = random.Next(6) switch
        {
            0 or 1 => ("day", Sequences.Days),
            2 => ("month", Sequences.Months),
            3 => ("letter", Sequences.Letters),
            4 => ("number", [.. Sequences.Words(0, 31)]),
            _ => ("number", Sequences.Figures(0, 100).ToArray()),
        };
        var at = random.Next(kind is "day" or "month" ? items.Length : items.Length - 1);
        return new Slots { ["kind"] = kind, ["earlier"] = items[at], ["later"] = items[(at + 1) % items.Length] };
    }

    private (string Question, string Answer) Count(Random random)
    {
        var asFigures = random.Chance(0.5);
        var (from, to) = random.Chance(0.5) ? (1, random.Next(3, 21)) : (random.Next(1, 15), random.Next(16, 25));
        var down = random.Chance(0.2);
        var (first, step) = down ? (to, -1) : (from, 1);
        var length = to - from + 1;
        var items = asFigures ? Sequences.Figures(first, length, step) : Sequences.Words(first, length, step);
        string Name(int n) => asFigures ? n.ToString() : English.Number(n);
        var rule = down ? "sequence.count-down" : from == 1 ? "sequence.count" : "sequence.count-from";
        var question = wordings.Expand(rule, new Slots { ["from"] = Name(from), ["to"] = Name(to) }, random);
        return (Casual.Vary(question, random), English.Capitalized(string.Join(", ", items)) + ".");
    }
}
