namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask what a term means, or for general knowledge.</summary>
internal sealed class GlossaryChats(Wordings wordings) : IDocumentSource
{
    private static readonly string[] Manners = ["phrase", "clause", "clause", "asked", "asked", "asked", "terse"];
    private readonly QuestionFrames _frames = new(wordings);

    public string Part => "explanations";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        using var terms = random.Cycle(Glossary.Definitions.Entries).GetEnumerator();
        using var trivia = random.Cycle(Glossary.Trivia.Entries).GetEnumerator();
        while (true)
        {
            var chat = Conversation.Begin(Part, random);
            for (var count = random.Chance(0.6) ? 1 : random.Next(2, 4); count > 0; count--)
            {
                var isTerm = random.Chance(0.55);
                var entry = Next(isTerm ? terms : trivia);
                var asked = isTerm ? AskForTerm(entry, random) : AskForTrivia(entry, random);
                chat.Add(asked);
                if (random.Chance(0.3))
                    chat.Add(isTerm && random.Chance(0.6) ? AskForAnother(entry, Next(terms), random) : Doubt(asked.Answer, random));
            }

            yield return chat.End();
        }
    }

    /// <summary>A question for a term or for general knowledge, and its answer.</summary>
    public (string Question, string Answer) Ask(Random random) =>
        random.Chance(0.55)
            ? AskForTerm(random.One(Glossary.Definitions.Entries), random)
            : AskForTrivia(random.One(Glossary.Trivia.Entries), random);

    /// <summary>Slots of a term: with its article ("a token") and without ("token").</summary>
    public static Slots SlotsOf(GlossaryEntry entry)
    {
        var words = entry.Subject.Split(' ', 2);
        return new Slots { ["term"] = entry.Subject, ["bare"] = words is ["a" or "an" or "the", _] ? words[1] : entry.Subject };
    }

    // "And a vector?" after a question for a token.
    private (string Question, string Answer) AskForAnother(GlossaryEntry before, GlossaryEntry entry, Random random)
    {
        var slots = new Slots { ["subject"] = entry.Subject, ["before"] = before.Subject };
        var question = wordings.Expand(random.Chance(0.65) ? "frame.switch" : "frame.correct", slots, random);
        return (Casual.Vary(question, random), Glossary.Definitions.CommonAnswer(entry));
    }

    private (string Question, string Answer) Doubt(string said, Random random)
    {
        var (rule, answer) = random.Next(4) switch
        {
            0 => ("sure", "Yes, " + char.ToLowerInvariant(said[0]) + said[1..]),
            1 => ("how", "I learned it in my training."),
            _ => ("again", said),
        };
        return (Casual.Vary(wordings.Expand("follow." + rule, [], random), random), answer);
    }

    private static GlossaryEntry Next(IEnumerator<GlossaryEntry> entries)
    {
        entries.MoveNext();
        return entries.Current;
    }

    /// <summary>A question for what a term means, in a wording that the evaluation does not keep.</summary>
    public static string Question(QuestionFrames frames, Wordings wordings, string term, string bare, Random random)
    {
        var slots = new Slots
        {
            ["term"] = term,
            ["bare"] = bare,
            ["quoted"] = random.One([bare, bare, bare, $"\"{bare}\"", $"'{bare}'"]),
            ["subject"] = bare,
        };
        while (true)
        {
            var question = random.Chance(0.3)
                ? wordings.Expand("definition.question", slots, random)
                : frames.Compose(random.One(Manners), "definition", slots, random);
            if (!wordings.EachOf("definition.held-out", slots).Any(held => HeldOut.Holds(question, held)))
                return question;
        }
    }

    private (string Question, string Answer) AskForTerm(GlossaryEntry entry, Random random)
    {
        var slots = SlotsOf(entry);
        return (Casual.Vary(Question(_frames, wordings, slots["term"], slots["bare"], random), random),
            Glossary.Definitions.CommonAnswer(entry));
    }

    private (string Question, string Answer) AskForTrivia(GlossaryEntry entry, Random random) =>
        (Casual.Vary(Trivia(entry, random), random), Glossary.Trivia.CommonAnswer(entry));

    // A question of the list as it stands or in a frame.
    private string Trivia(GlossaryEntry entry, Random random)
    {
        while (true)
        {
            var asked = random.One(entry.Questions);
            var part = asked.EndsWith('?') ? asked[..^1] : asked.TrimEnd('.');
            var slots = new Slots { ["what"] = "what", ["asked"] = char.ToLowerInvariant(part[0]) + part[1..] };
            var frame = "asked";
            if (IndirectQuestion.Thing(asked) is { } thing && random.Chance(0.4))
                (frame, slots["phrase"]) = ("phrase", thing);
            else if (IndirectQuestion.Clause(asked) is { } clause && random.Chance(0.6))
                (frame, slots["clause"]) = ("clause", clause);
            var question = random.Chance(0.3) ? asked : wordings.Expand("frame." + frame, slots, random);
            if (!entry.HeldOut.Any(held => HeldOut.Holds(question, held)))
                return question;
        }
    }
}
