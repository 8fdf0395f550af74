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
    private static readonly string[] StrangeTerms = Lists["strange-terms"];

    // Of these the evaluation asks none.
    private static readonly string[] MorePlaces = Lists["more-places"];
    private static readonly string[] MorePeople = Lists["more-people"];
    private static readonly string[] MoreAnimals = Lists["more-animals"];
    private static readonly string[] MoreThings = Lists["more-things"];
    private readonly FactQuestions _questions = new(world, wordings);

    public string Part => "unknowns";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var chat = Conversation.Begin(Part, random);
            for (var count = random.Chance(0.6) ? 1 : random.Next(2, 4); count > 0; count--)
            {
                if (random.Chance(0.25))
                    AddBoth(chat, random);
                else
                    chat.Add(Next(random, heldOut: false));
            }

            yield return chat.End();
        }
    }

    /// <summary>A question for something that she cannot know, and that she does not.</summary>
    public (string Question, string Answer) Next(Random random, bool heldOut)
    {
        if (!random.Chance(0.75))
            return Unknowable(random, heldOut);
        if (!heldOut && random.Chance(0.15))
            return Term(random);
        var (kind, subject) = Stranger(random, heldOut);
        return heldOut || random.Chance(0.3)
            ? About(kind, subject, random)
            : Composed(kind, Stranger(kind, random), random);
    }

    /// <summary>A question in composed words, as for known subjects.</summary>
    public (string Question, string Answer) Composed(string kind, string subject, Random random)
    {
        while (true)
        {
            var topic = Topic(kind, random);
            var slots = FactQuestions.Asked(kind, Row(kind, subject, random), random);
            var question = Frame(topic, slots, random);
            if (!IsTold(question) && !_questions.IsHeldOut(topic, slots, question))
                return (Casual.Vary(question, random), Answer);
        }
    }

    /// <summary>What is a word that means nothing, or a term that she never heard?</summary>
    public (string Question, string Answer) Term(Random random)
    {
        var term = random.Next(10) switch
        {
            < 3 => Invented.Word(random, heldOut: false),
            < 5 => English.WithArticle(Invented.Word(random, heldOut: false)),
            < 7 => English.WithArticle(Invented.Compound(random)),
            _ => random.One(StrangeTerms),
        };
        var bare = term.Split(' ', 2) is ["a" or "an", var rest] ? rest : term;
        return (Casual.Vary(GlossaryChats.Question(_questions.Frames, wordings, term, bare, random), random), Answer);
    }

    /// <summary>Whether a question tells what only a row of the world could, or lacks a part.</summary>
    public static bool IsTold(string question) => question.Contains(Mark) || question.Contains("  ", StringComparison.Ordinal);

    /// <summary>Whether there are strange subjects of that kind.</summary>
    public static bool Knows(string kind) => kind is "country" or "person" or "animal" or "thing";

    /// <summary>A name of that kind that does not belong to the world.</summary>
    public string Stranger(string kind, Random random)
    {
        var isMore = random.Chance(0.3);
        return kind switch
        {
            "country" => isMore ? random.One(MorePlaces) : Country(random, heldOut: false),
            "person" => isMore ? random.One(MorePeople) : Invented.Person(random, heldOut: false),
            "animal" => isMore ? random.One(MoreAnimals) : Creature(StrangeAnimals, "animal", random, heldOut: false),
            _ => isMore ? random.One(MoreThings) : Creature(StrangeThings, "thing", random, heldOut: false),
        };
    }

    /// <summary>What fills the slots of a strange subject; every cell but its name has a mark behind it.</summary>
    public Slots Row(string kind, string subject, Random random)
    {
        var slots = new Slots { ["other"] = Mark };
        foreach (var (column, cell) in random.One(world.Tables[kind]))
            slots[column] = cell + Mark;
        slots[kind] = slots["full"] = subject;
        (slots["he"], slots["his"], slots["him"]) = random.Chance(0.5) ? ("he", "his", "him") : ("she", "her", "her");
        if (kind == "animal")
            slots["plural"] = English.Plural(subject);
        return slots;
    }

    /// <summary>A question that nobody could answer who only knows a small world: tomorrow's weather, what is in a pocket.</summary>
    public (string Question, string Answer) Unknowable(Random random, bool heldOut)
    {
        var slots = new Slots { ["who"] = Invented.Person(random, heldOut), ["where"] = Country(random, heldOut) };
        var rule = heldOut || random.Chance(0.3) ? "unknown.question" : "unknown.more";
        var question = HeldOut.Draw(heldOut, () => wordings.Expand(rule, slots, random));
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

    private string Topic(string kind, Random random) => random.One([.. world.Facts.Select(fact => fact.Topic).Distinct()
        .Where(topic => topic.StartsWith(kind + ".", StringComparison.Ordinal) && _questions.Frames.Rule(topic, "asked") is not null)]);

    // Now and then a value of the world stands in the question, and does not help.
    private string Frame(string topic, Slots slots, Random random)
    {
        var frames = _questions.Frames;
        if (random.Chance(0.8) || frames.Rule(topic, "is") is null)
            return random.Chance(0.1) && frames.Rule(topic, "phrase") is not null
                ? frames.Compose("word", topic, slots, random)
                : frames.Compose(topic, slots, random);
        var values = random.Some([.. world.Facts.Where(fact => fact.Topic == topic).Select(fact => fact.Answer).Distinct()], 2);
        var frame = random.One(["is", "claim", "choice"]);
        return frames.Compose(frame, topic, slots.With("value", values[0]).With("one", values[0]).With("two", values[1]), random);
    }

    // The same question for one that she knows and for one that she does not: the name alone decides.
    private void AddBoth(Conversation chat, Random random)
    {
        var kind = Stranger(random, heldOut: false).Kind;
        var subject = Stranger(kind, random);
        var topic = Topic(kind, random);
        var known = random.One([.. world.Facts.Where(fact => fact.Topic == topic)]);
        var seed = random.Next();
        while (true)
        {
            // One seed, so that both have the same frame in most cases.
            var slots = FactQuestions.Asked(kind, Row(kind, subject, random), random);
            var strange = _questions.Frames.Compose(topic, slots, new Random(seed));
            var familiar = _questions.Frames.Compose(topic, FactQuestions.Asked(kind, known.Slots, random), new Random(seed));
            if (topic != "person.full" && !IsTold(strange) && !IsTold(familiar) && !_questions.IsHeldOut(topic, slots, strange)
                && !_questions.IsHeldOut(known, familiar))
            {
                var exchanges = new[] { (strange, Answer), (familiar, _questions.Answer(known, familiar)) };
                foreach (var (question, answer) in random.Shuffled(exchanges)) chat.Add(Casual.Vary(question, random), answer);
                return;
            }

            (seed, topic) = (random.Next(), Topic(kind, random));
            known = random.One([.. world.Facts.Where(fact => fact.Topic == topic)]);
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
