namespace LlmRabbitHoles.Training;

/// <summary>Chats that ask for what lies outside the closed world; the answer is that Alice does not know.</summary>
/// <remarks>
/// The questions are those of the known facts with a strange subject, so that the subject alone decides. Half of the
/// subjects are names made of syllables, so that no list of strange names is learned by heart.
/// </remarks>
internal sealed class Unknowns(World world, Wordings wordings) : IDocumentSource
{
    private const string Mark = "\u0001";
    private static readonly string[] Starts = ["Bal", "Dor", "Fen", "Gar", "Hol", "Jun", "Kel", "Lor", "Mar", "Nel", "Or", "Pel", "Quin", "Ros", "Sar", "Tor", "Ul", "Vel", "Wor", "Zan", "Bri", "Cla", "Dre", "Gly", "Tra"];
    private static readonly string[] Middles = ["", "a", "e", "i", "o", "an", "el", "in", "or", "u", "da", "mi", "ro", "ta", "ve"];
    private static readonly string[] CountryEnds = ["land", "nia", "via", "stan", "ria", "dor", "mark", "lia", "ga", "tania"];
    private static readonly string[] PersonEnds = ["a", "o", "en", "is", "y", "us", "ina", "ert", "on", "mir"];

    public string Part => "unknowns";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        var countries = world.Tables["unknownCountry"].Select(row => row["unknownCountry"]).SkipLast(Held).ToArray();
        string[] names = [.. Characters.Boys, .. Characters.Girls];
        while (true)
        {
            var chat = Conversation.Begin(Part, random);
            for (var count = random.Chance(0.7) ? 1 : 2; count > 0; count--)
            {
                chat.Add(random.Next(10) switch
                {
                    < 4 => About("country", random.Chance(0.5) ? random.One(countries) : Invent(CountryEnds, random), random),
                    < 7 => About("person", random.Chance(0.5) ? random.One(names) : Invent(PersonEnds, random), random),
                    _ => (Casual.Vary(wordings.Expand("unknown.question", new Slots { ["who"] = random.One(names), ["where"] = Invent(CountryEnds, random) }, random), random), Answer),
                });
            }

            yield return chat.End();
        }
    }

    /// <summary>What she says of things outside her world.</summary>
    public const string Answer = "I do not know.";

    /// <summary>How many strange countries, at the end of their table, are kept for the evaluation.</summary>
    public const int Held = 15;

    /// <summary>A question that is right for a known subject, asked of a strange one; never one that holds its answer.</summary>
    public (string Question, string Answer) About(string kind, string subject, Random random, string form = "question")
    {
        var topics = world.Facts.Where(fact => fact.Topic.StartsWith(kind + ".", StringComparison.Ordinal)).Select(fact => fact.Topic).Distinct()
            .Where(topic => wordings.Has($"{topic}.{form}")).ToArray();
        while (true)
        {
            var topic = random.One(topics);
            var slots = new Slots { ["other"] = Mark };
            foreach (var column in world.Tables[kind][0].Keys)
                slots[column] = column == kind ? subject : Mark;
            slots["his"] = random.Chance(0.5) ? "his" : "her";
            slots["he"] = "he";
            var (question, _) = wordings.Ask($"{topic}.{form}", slots, random);
            if (!question.Contains(Mark) && !question.StartsWith("My friend", StringComparison.Ordinal))
                return (form == "question" ? Casual.Vary(question, random) : question, Answer);
        }
    }

    private static string Invent(string[] ends, Random random) => random.One(Starts) + random.One(Middles) + random.One(ends);
}
