namespace LlmRabbitHoles.Alice;

/// <summary>Plain text that counts: "One, two, three, four", "2, 4, 6, 8", "Monday, Tuesday, Wednesday".</summary>
internal sealed class SequenceDocuments : IDocumentSource
{
    public string Part => "sequences";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var text = English.Capitalized(string.Join(", ", Items(random)));
            yield return Document.Plain(Part, random.Chance(0.8) ? text + "." : text);
        }
    }

    private static IEnumerable<string> Items(Random random) => random.Next(16) switch
    {
        <= 2 => Sequences.Words(1, random.Next(8, 24)),
        3 => Sequences.Words(random.Next(0, 60), random.Next(5, 20)),
        4 => Sequences.Figures(1, random.Next(8, 40)),
        5 => Sequences.Figures(random.Next(0, 180), random.Next(5, 20)),
        6 => Stepped(random, random.Next(2, 6)),
        7 => Sequences.Figures(10, random.Next(5, 15), 10),
        8 => Countdown(random),
        9 => Sequences.Words(10, 10, 10).Take(random.Next(4, 10)),
        10 => Sequences.Round(Sequences.Days, 0, random.Next(7, 10)),
        11 => Sequences.Round(Sequences.Days, random.Next(7), random.Next(4, 10)),
        12 => Sequences.Round(Sequences.Months, random.Chance(0.5) ? 0 : random.Next(12), random.Next(5, 15)),
        13 => Sequences.Letters.Take(random.Next(6, 27)),
        14 => random.Chance(0.5)
            ? Sequences.Ordinals.Take(random.Next(4, 13))
            : Sequences.Round(Sequences.Seasons, random.Next(4), random.Next(4, 8)),
        _ => Sequences.Letters.Skip(random.Next(20)).Take(6),
    };

    private static IEnumerable<string> Stepped(Random random, int step) =>
        random.Chance(0.5) ? Sequences.Figures(step, random.Next(6, 16), step) : Sequences.Words(step, random.Next(5, 10), step);

    private static IEnumerable<string> Countdown(Random random)
    {
        var from = random.Next(3, 21);
        return random.Chance(0.5) ? Sequences.Words(from, from + 1, -1) : Sequences.Figures(from, from + 1, -1);
    }
}
