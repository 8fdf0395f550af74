namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask for what lies outside the closed world; the answer is that Alice does not know.</summary>
/// <remarks>
/// The questions are those of the known facts with a strange subject, so that the subject alone decides. Half of the
/// subjects are names made of syllables, so that no list of strange names is learned by heart.
/// </remarks>
internal sealed class Unknowns(World world, Wordings wordings) : IDocumentSource
{
    private static readonly WordLists Lists = WordLists.Read("unknowns");
    private const string Mark = "\u0001";
    private static readonly string[] CountryEnds = ["land", "nia", "via", "stan", "ria", "dor", "mark", "lia", "ga", "tania"];
    private static readonly string[] StrangeAnimals = Lists["strange-animals"];
    private static readonly string[] StrangeThings = Lists["strange-things"];

    public string Part => "unknowns";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var chat = Conversation.Begin(Part, random);
            for (var count = random.Chance(0.7) ? 1 : 2; count > 0; count--)
                chat.Add(Next(random, heldOut: false));
            yield return chat.End();
        }
    }

    /// <summary>A question for something that she cannot know, and that she does not.</summary>
    public (string Question, string Answer) Next(Random random, bool heldOut)
    {
        if (!random.Chance(0.75))
            return Unknowable(random, heldOut);
        var (kind, subject) = Stranger(random, heldOut);
        return About(kind, subject, random);
    }

    /// <summary>A question that nobody could answer who only knows a small world: tomorrow's weather, what is in a pocket.</summary>
    public (string Question, string Answer) Unknowable(Random random, bool heldOut)
    {
        var slots = new Slots { ["who"] = Invented.Person(random, heldOut), ["where"] = Country(random, heldOut) };
        var question = HeldOut.Draw(heldOut, () => wordings.Expand("unknown.question", slots, random));
        return (heldOut ? question : Casual.Vary(question, random), Answer);
    }

    /// <summary>A kind of the world, and a name that does not belong to it.</summary>
    public (string Kind, string Subject) Stranger(Random random, bool heldOut) => random.Next(10) switch
    {
        < 4 => ("country", Country(random, heldOut)),
        < 7 => ("person", Invented.Person(random, heldOut)),
        < 9 => ("animal", Creature(StrangeAnimals, "animal", random, heldOut)),
        _ => ("thing", Creature(StrangeThings, "thing", random, heldOut)),
    };

    /// <summary>What she says of things outside her world.</summary>
    public const string Answer = "I do not know.";

    /// <summary>How many strange countries, at the end of their table, are kept for the evaluation.</summary>
    public const int Held = 15;

    /// <summary>A question that is right for a known subject, asked of a strange one; never one that holds its answer.</summary>
    public (string Question, string Answer) About(string kind, string subject, Random random, string form = "question")
    {
        var topics = world.Facts
            .Where(fact => fact.Topic.StartsWith(kind + ".", StringComparison.Ordinal)).Select(fact => fact.Topic).Distinct()
            .Where(topic => wordings.Has($"{topic}.{form}")).ToArray();
        while (true)
        {
            var topic = random.One(topics);
            var (question, _) = Made(kind, topic, subject, random, form);
            if (!question.Contains(Mark))
                return (form == "question" ? Casual.Vary(question, random) : question, Answer);
        }
    }

    /// <summary>A question of a strange subject and an answer that is made up: true for another one.</summary>
    public (string Question, string Answer) MadeUp(string kind, string subject, Random random)
    {
        while (true)
        {
            var fact = random.One(world.Facts);
            if (!fact.Topic.StartsWith(kind + ".", StringComparison.Ordinal))
                continue;
            var (question, answer) = Made(kind, fact.Topic, subject, random, "question");
            if (!question.Contains(Mark) && answer.Contains(Mark))
                return (question, answer.Replace(Mark, ""));
        }
    }

    // The other cells come from a random row, each with a mark behind it: a question with a mark would hold its answer.
    private (string Question, string Answer) Made(string kind, string topic, string subject, Random random, string form)
    {
        while (true)
        {
            var row = random.One(world.Tables[kind]);
            if (row[topic[(kind.Length + 1)..]].Length == 0)
                continue;
            var slots = new Slots { ["other"] = Mark };
            foreach (var column in row.Keys)
                slots[column] = row[column] + Mark;
            slots[kind] = slots["full"] = subject;
            slots["his"] = random.Chance(0.5) ? "his" : "her";
            slots["he"] = "he";
            if (kind == "animal")
                slots["plural"] = subject + "s";
            var (question, answer) = wordings.Ask($"{topic}.{form}", slots, random);
            if (!question.StartsWith("My friend", StringComparison.Ordinal))
                return (question, answer);
        }
    }

    private string Country(Random random, bool heldOut)
    {
        if (!random.Chance(0.5))
            return HeldOut.Draw(heldOut, () => Invented.Stranger(random, heldOut) + random.One(CountryEnds));
        var countries = world.Tables["unknownCountry"].Select(row => row["unknownCountry"]);
        return random.One([.. heldOut ? countries.TakeLast(Held) : countries.SkipLast(Held)]);
    }

    private string Creature(string[] names, string kind, Random random, bool heldOut) => random.Chance(0.5)
        ? Invented.Word(random, heldOut)
        : HeldOut.Draw(heldOut, () => random.One([.. names.Where(name => !world.Tables[kind].Any(row => row[kind] == name))]));
}
