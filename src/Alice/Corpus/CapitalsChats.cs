namespace LlmRabbitHoles.Alice;

/// <summary>Chats that turn words, names and sentences into capitals and back, and that understand shouted questions.</summary>
internal sealed class CapitalsChats(World world, Wordings wordings) : IDocumentSource
{
    private static readonly (string Open, string Close)[] Marks =
        [("", ""), ("", ""), ("\"", "\""), ("\"", "\""), ("'", "'"), ("“", "”")];
    private static readonly WordLists Lists = WordLists.Read("capitals");
    private static readonly string[] Ranks = Lists["ranks"];

    private readonly FactChats _facts = new(world, wordings);

    public string Part => "capitals";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 4, Exchange, random);

    /// <summary>One question and its answer.</summary>
    public (string Question, string Answer) Exchange(Random random) => random.Next(10) switch
    {
        < 6 => Turned(random),
        6 => Named(random),
        7 => Compared(random),
        _ => Shouted(random),
    };

    /// <summary>A text that she writes in the other case.</summary>
    public (string Question, string Answer) Turned(Random random)
    {
        var text = Text(random);
        var (question, answer) = wordings.Ask(random.Chance(0.6) ? "capitals.large" : "capitals.small", SlotsOf(text, random), random);
        // The full stop of a bare sentence is that of the question too.
        if (question.EndsWith("..", StringComparison.Ordinal) && !question.EndsWith("...", StringComparison.Ordinal))
            question = question[..^1];
        return (random.Chance(0.1) ? English.Capitalized(question.ToLowerInvariant()) : question, answer);
    }

    /// <summary>A name in any case that she writes as names are written.</summary>
    public (string Question, string Answer) Named(Random random) => wordings.Ask("capitals.name", SlotsOf(Name(random), random), random);

    // The same letters in two cases, or other words.
    private (string Question, string Answer) Compared(Random random)
    {
        var text = Short(random);
        var isSame = random.Chance(0.5);
        var slots = SlotsOf(text, random);
        var other = isSame ? text : Short(random);
        if (!isSame && other.Equals(text, StringComparison.OrdinalIgnoreCase))
            return Compared(random);
        Add(slots, "other", random.Chance(0.7) ? other.ToLowerInvariant() : other, random);
        slots["same"] = isSame ? "Yes." : "No.";
        return wordings.Ask("capitals.same", slots, random);
    }

    private (string Question, string Answer) Shouted(Random random)
    {
        var (question, answer) = _facts.Ask(random.One(world.Lessons), random);
        return (random.Chance(0.7) ? question.ToUpperInvariant() : question.ToLowerInvariant(), answer);
    }

    private static Slots SlotsOf(string text, Random random)
    {
        var slots = new Slots();
        Add(slots, "text", text, random);
        Add(slots, "large", text.ToUpperInvariant(), random);
        Add(slots, "small", text.ToLowerInvariant(), random);
        Add(slots, "any", random.Chance(0.6) ? text.ToUpperInvariant() : text.ToLowerInvariant(), random);
        return slots;
    }

    private static void Add(Slots slots, string name, string text, Random random)
    {
        var marks = text.Contains('"') ? ("", "") : random.One(Marks);
        (slots[name], slots[name + "-q"]) = (text, marks.Item1 + text + marks.Item2);
    }

    private static string Name(Random random) => random.Next(4) switch
    {
        0 => $"{Invented.Person(random, heldOut: false)} {Invented.Surname(random)}",
        1 => Invented.Place(random, heldOut: false),
        _ => Invented.Person(random, heldOut: false),
    };

    private static string Short(Random random) => random.Chance(0.5)
        ? string.Join(' ', random.Some(Letters.Words, random.Next(1, 3)))
        : Name(random);

    private string Text(Random random)
    {
        var fact = random.One(world.Facts);
        return random.Next(12) switch
        {
            < 4 => string.Join(random.Chance(0.7) ? " " : ", ", random.Some(Letters.Words, random.Next(1, 6))),
            4 => $"{random.One(["my", "your", "dear", "good", "old", "the"])} {random.One(Ranks)}",
            5 => fact.Answer,
            6 or 7 => Name(random),
            8 => Invented.Word(random, heldOut: false),
            _ => world.StatementOf(fact, wordings, random),
        };
    }
}
