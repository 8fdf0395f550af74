namespace LlmRabbitHoles.Alice;

/// <summary>Asks for a fact in composed words, for yes or no, for one of two, for one word, backwards, or after some words about the
/// subject; never in a wording that the evaluation keeps.</summary>
internal sealed class FactQuestions(World world, Wordings wordings)
{
    private static readonly string[] Quotes = ["{0}", "{0}", "{0}", "\"{0}\"", "'{0}'", "the word {0}", "the word \"{0}\""];

    // Not false in every book: a young dog is a pup to many.
    private static readonly string[] Doubtful = ["a pup", "a larva", "an infant"];

    public QuestionFrames Frames { get; } = new(wordings);

    /// <summary>A question for the fact, and its answer.</summary>
    public (string Question, string Answer) Ask(Fact fact, Random random)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var (question, answer) = Draw(fact, random);
            if (!question.Contains("  ", StringComparison.Ordinal) && !IsHeldOut(fact, question))
                return (question, answer);
        }

        return wordings.Ask(fact.Question, world.SlotsOf(fact, random), random);
    }

    /// <summary>The sentence that answers.</summary>
    public string Sentence(Fact fact) => wordings.Has(fact.Topic + ".answer")
        ? wordings.First(fact.Topic + ".answer", fact.Slots)
        : wordings.First(fact.Question, fact.Slots).Split(" => ")[1];

    /// <summary>The value alone: "Madrid."</summary>
    public static string Word(Fact fact) => English.Capitalized(fact.Answer) + ".";

    /// <summary>"Yes, the capital of Spain is Madrid."</summary>
    public string Confirmed(Fact fact) => "Yes, " + Inner(fact);

    /// <summary>Whether one value answers it, so that it can be asked in one word.</summary>
    public bool HasWord(Fact fact) => Frames.Rule(fact.Topic, "phrase") is not null && fact.Topic != "person.full";

    /// <summary>The fact's slots for questions: the names that people use for its subject.</summary>
    public static Slots SlotsOf(Fact fact, Random random) => Asked(fact.Topic.Split('.')[0], fact.Slots, random);

    /// <summary>What is asked about a kind's subject needs more names for it: "a dog", "dogs", "the word big".</summary>
    public static Slots Asked(string kind, Slots row, Random random)
    {
        var slots = new Slots(row);
        if (kind == "person" && random.Chance(0.15))
            slots["person"] = slots["full"];
        slots["quoted"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, random.One(Quotes), slots[kind]);
        slots["subject"] = kind switch
        {
            "animal" => random.One([English.WithArticle(slots[kind]), "the " + slots[kind], slots["plural"]]),
            "thing" => random.One([English.WithArticle(slots[kind]), "the " + slots[kind]]),
            _ => slots[kind],
        };
        return slots;
    }

    /// <summary>Whether the question holds a wording of the fact that only the evaluation asks.</summary>
    public bool IsHeldOut(Fact fact, string question) => IsHeldOut(fact.Topic, fact.Slots, question);

    /// <summary>Whether the question holds a wording of the topic that only the evaluation asks.</summary>
    public bool IsHeldOut(string topic, Slots slots, string question) =>
        wordings.Has(topic + ".held-out") && wordings.EachOf(topic + ".held-out", slots).Any(held => HeldOut.Holds(question, held));

    /// <summary>The sentence that answers; who asks about dogs hears about dogs.</summary>
    public string Answer(Fact fact, string question)
    {
        var many = fact.Topic + ".many";
        return wordings.Has(many) && fact.Slots["plural"] != fact.Subject
            && question.Contains(fact.Slots["plural"], StringComparison.OrdinalIgnoreCase)
            ? wordings.First(many, fact.Slots)
            : Sentence(fact);
    }

    private (string Question, string Answer) Draw(Fact fact, Random random)
    {
        var kind = random.Next(100);
        if (kind < 22 || Frames.Rule(fact.Topic, "asked") is null && fact.Topic != "person.full")
            return wordings.Ask(fact.Question, world.SlotsOf(fact, random), random);
        if (fact.Topic == "person.full")
            return Named(random.One(["person.full", "person.who", "person.about"]), fact, random);
        var slots = SlotsOf(fact, random);
        if (kind < 72)
            return Answered(fact, Frames.Compose(fact.Topic, slots, random));
        if (kind < 77 && Frames.Rule(fact.Topic, "then") is not null)
        {
            var frame = random.Chance(0.6) || Frames.Rule(fact.Topic, "its") is null ? "then" : "its";
            var context = wordings.Expand(fact.Topic.Split('.')[0] + ".context", slots, random);
            return Answered(fact, $"{context} {Frames.Compose(frame, fact.Topic, slots, random)}");
        }

        if (kind < 82 && HasWord(fact))
            return (Frames.Compose("word", fact.Topic, slots, random), Word(fact));
        if (kind < 87 && Reversed(fact) is { } rule)
            return Backwards(rule, fact, slots, random);
        if (Other(fact, random) is { } other && Frames.Rule(fact.Topic, "is") is not null)
            return kind < 92 ? Choice(fact, other, slots, random) : YesOrNo(fact, other, slots, random);
        return Answered(fact, Frames.Compose(fact.Topic, slots, random));
    }

    private (string Question, string Answer) Named(string topic, Fact fact, Random random) =>
        (Frames.Compose(topic, SlotsOf(fact, random).With("person", fact.Subject), random),
            wordings.Expand(topic + ".answer", fact.Slots, random));

    private (string Question, string Answer) Answered(Fact fact, string question) => (question, Answer(fact, question));

    private (string Question, string Answer) Choice(Fact fact, string other, Slots slots, Random random)
    {
        var (one, two) = random.Chance(0.5) ? (fact.Answer, other) : (other, fact.Answer);
        return (Frames.Compose("choice", fact.Topic, slots.With("one", one).With("two", two), random), Sentence(fact));
    }

    private (string Question, string Answer) YesOrNo(Fact fact, string other, Slots slots, Random random)
    {
        var isTrue = random.Chance(0.5);
        var question = Frames.Compose(
            random.Chance(0.5) ? "is" : "claim", fact.Topic, slots.With("value", isTrue ? fact.Answer : other), random);
        return (question, (isTrue ? "Yes, " : "No, ") + Inner(fact));
    }

    private (string Question, string Answer) Backwards(string rule, Fact fact, Slots slots, Random random)
    {
        var (asked, answer) = wordings.Ask(rule, slots.With(fact.Topic.Split('.')[0], fact.Subject), random);
        return (Frames.Expand("asked", new Slots { ["asked"] = asked }, random), answer);
    }

    // Only a value that belongs to one subject can be asked for its subject.
    private string? Reversed(Fact fact)
    {
        var (kind, column) = (fact.Topic.Split('.')[0], fact.Topic.Split('.')[1]);
        return wordings.Has(fact.Topic + ".reverse") && world.Tables[kind].Count(row => row[column] == fact.Answer) == 1
            ? fact.Topic + ".reverse"
            : null;
    }

    // A value that is wrong here, and not half right as "metal" would be for "metal and plastic"; null where there is none.
    private string? Other(Fact fact, Random random)
    {
        for (var tries = 0; tries < 10; tries++)
        {
            if (world.SlotsOf(fact, random).TryGetValue("other", out var other) && !Doubtful.Contains(other)
                && !other.Contains(fact.Answer, StringComparison.Ordinal) && !fact.Answer.Contains(other, StringComparison.Ordinal))
                return other;
        }

        return null;
    }

    // The sentence as it stands behind "Yes,": names keep their capital.
    private string Inner(Fact fact)
    {
        var sentence = Sentence(fact);
        return sentence.StartsWith(fact.Subject, StringComparison.Ordinal) && char.IsUpper(fact.Subject[0])
            ? sentence
            : char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }
}
