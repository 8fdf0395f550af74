namespace LlmRabbitHoles.Alice;

/// <summary>Questions for facts that hang together: the same of another subject, more of the same one, a correction, doubt, once
/// more.</summary>
internal sealed class FactTalk(World world, Wordings wordings)
{
    private readonly FactQuestions _questions = new(world, wordings);
    private readonly Unknowns _unknowns = new(world, wordings);
    private readonly ILookup<string, Fact> _byTopic = world.Facts.ToLookup(fact => fact.Topic);
    private readonly ILookup<(string Kind, string Subject), Fact> _bySubject =
        world.Facts.ToLookup(fact => (fact.Topic.Split('.')[0], fact.Subject));

    /// <summary>A question for the fact, and so many exchanges after it that need what was said before.</summary>
    public IReadOnlyList<(string Question, string Answer)> Next(Fact fact, int follows, Random random)
    {
        var first = random.Chance(0.12) ? Two(fact, random) : _questions.Ask(fact, random);
        var talk = new List<(string Question, string Answer)> { (Casual.Vary(first.Question, random), first.Answer) };
        var about = Subject.Of(fact);
        while (follows-- > 0 && _questions.Frames.Rule(fact.Topic, "asked") is not null)
        {
            var (question, answer, next) = Follow(about, talk[^1].Answer, random);
            talk.Add((Casual.Vary(question, random), answer));
            about = next;
        }

        return talk;
    }

    /// <summary>Two questions in one message, answered by two sentences.</summary>
    public (string Question, string Answer) Two(Fact fact, Random random)
    {
        var frames = _questions.Frames;
        if (frames.Rule(fact.Topic, "phrase") is null || fact.Topic == "person.full") return _questions.Ask(fact, random);
        var filled = frames.Fill(fact.Topic, FactQuestions.SlotsOf(fact, random), random);
        var others = More(fact).Where(other => frames.Rule(other.Topic, "its") is not null && other.Topic != fact.Topic).ToArray();
        if (others.Length > 0 && random.Chance(0.6))
        {
            var other = random.One(others);
            var second = frames.Fill(other.Topic, FactQuestions.SlotsOf(other, random), random);
            (filled["its"], filled["then"], filled["its.what"]) = (second["its"], second["then"], second["what"]);
            var both = frames.Expand("both", filled, random);
            return Unknowns.IsTold(both) || _questions.IsHeldOut(fact, both)
                ? Two(fact, random)
                : (both, $"{_questions.Sentence(fact)} {_questions.Sentence(other)}");
        }

        var twin = Another(fact.Topic, fact.Slots, random);
        foreach (var (name, value) in frames.Fill(twin.Topic, FactQuestions.SlotsOf(twin, random), random))
            filled["other." + name] = value;
        var question = frames.Expand("pair", filled, random);
        return Unknowns.IsTold(question) || _questions.IsHeldOut(fact, question) || _questions.IsHeldOut(twin, question)
            ? Two(fact, random)
            : (question, $"{_questions.Sentence(fact)} {_questions.Sentence(twin)}");
    }

    private (string Question, string Answer, Subject About) Follow(Subject about, string said, Random random)
    {
        var kind = random.Next(100);
        if (kind < 26) return Switch("switch", about, random);
        if (kind < 37) return Switch("correct", about, random);
        if (kind < 66) return More(about, random);
        if (kind < 74) return about.Fact is { } fact && _questions.Frames.IsKin(fact.Topic) ? Of(fact, random) : More(about, random);
        var (rule, answer) = kind switch
        {
            < 82 => ("sure", about.Fact is { } sure ? _questions.Confirmed(sure) : "Yes, I am sure. I do not know."),
            < 87 => ("again", said),
            < 92 => about.Fact is { } word && _questions.HasWord(word) ? ("word", FactQuestions.Word(word)) : ("again", said),
            < 96 => ("why", Unknowns.Answer),
            _ => about.Fact is null ? ("why", Unknowns.Answer) : ("how", "I learned it in my training."),
        };
        return (wordings.Expand("follow." + rule, [], random), answer, about);
    }

    // The same question for another subject, which in some cases is one that nobody knows.
    private (string Question, string Answer, Subject About) Switch(string frame, Subject about, Random random)
    {
        var next = random.Chance(0.12) && Unknowns.Knows(about.Kind)
            ? new Subject(about.Topic, _unknowns.Row(about.Kind, _unknowns.Stranger(about.Kind, random), random), null)
            : Subject.Of(Another(about.Topic, about.Slots, random));
        var slots = FactQuestions.Asked(about.Kind, next.Slots, random)
            .With("before", FactQuestions.Asked(about.Kind, about.Slots, random)["subject"]);
        var question = _questions.Frames.Expand(frame, slots, random);
        return (question, next.Fact is { } fact ? _questions.Answer(fact, question) : Unknowns.Answer, next);
    }

    // Something else about the subject, which is named no more.
    private (string Question, string Answer, Subject About) More(Subject about, Random random)
    {
        var frames = _questions.Frames;
        Subject[] others = about.Fact is { } fact
            ? [.. More(fact).Select(Subject.Of)]
            : [.. _byTopic.Select(topic => topic.Key).Where(topic => topic.StartsWith(about.Kind + ".", StringComparison.Ordinal)
                && frames.Rule(topic, "then") is not null).Select(topic => about with { Topic = topic })];
        if (others.Length == 0) return Switch("switch", about, random);
        while (true)
        {
            var next = random.One(others);
            var frame = random.Chance(0.5) || frames.Rule(next.Topic, "its") is null ? "then" : "its";
            var question = frames.Compose(frame, next.Topic, FactQuestions.Asked(about.Kind, next.Slots, random), random);
            if (!Unknowns.IsTold(question))
                return (question, next.Fact is { } known ? _questions.Sentence(known) : Unknowns.Answer, next);
        }
    }

    // "And how old is that brother?"
    private (string Question, string Answer, Subject About) Of(Fact relative, Random random)
    {
        var facts = _bySubject[("person", relative.Answer)]
            .Where(fact => _questions.Frames.Rule(fact.Topic, "then") is not null && fact.Topic != "person.full").ToArray();
        var fact = random.One(facts);
        var name = $"{random.One(["that", "this", "the"])} {relative.Topic["person.".Length..]}";
        var slots = FactQuestions.SlotsOf(fact, random).With("person", name).With("full", name);
        var question = _questions.Frames.Compose(random.One(["phrase", "clause", "asked"]), fact.Topic, slots, random);
        if (random.Chance(0.5) && question is not ['I', ' ' or '\'', ..])
            question = "And " + char.ToLowerInvariant(question[0]) + question[1..];
        return (question, _questions.Sentence(fact), Subject.Of(fact));
    }

    private Fact[] More(Fact fact) => [.. _bySubject[(fact.Topic.Split('.')[0], fact.Subject)].Where(other =>
        other.Topic != fact.Topic && other.Topic != "person.full" && _questions.Frames.Rule(other.Topic, "then") is not null)];

    private Fact Another(string topic, Slots slots, Random random)
    {
        var kind = topic.Split('.')[0];
        while (true)
        {
            var fact = random.One([.. _byTopic[topic]]);
            if (fact.Subject != slots[kind]) return fact;
        }
    }

    /// <summary>What is spoken of: a topic and a row; a stranger has no fact.</summary>
    private sealed record Subject(string Topic, Slots Slots, Fact? Fact)
    {
        public string Kind => Topic.Split('.')[0];

        public static Subject Of(Fact fact) => new(fact.Topic, fact.Slots, fact);
    }
}
