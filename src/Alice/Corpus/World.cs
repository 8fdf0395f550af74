namespace LlmRabbitHoles.Alice;

/// <summary>The closed world that Alice knows: the tables of data/corpus/world.</summary>
/// <remarks>
/// A table's first column is the subject, and names the kind: "country". Each further column that has wordings
/// ("country.capital.statement") makes one fact a row; an empty cell makes none. Cells hold no commas.
/// </remarks>
internal sealed class World
{
    /// <summary>What is told more often than the rest, and how many times as often.</summary>
    private static readonly Dictionary<string, int> Emphasis = new(StringComparer.Ordinal) { ["country.capital"] = 4 };

    private readonly Dictionary<string, string[]> _answers;

    private World(IReadOnlyList<Fact> facts, IReadOnlyDictionary<string, IReadOnlyList<Slots>> tables)
    {
        (Facts, Tables) = (facts, tables);
        Lessons = [.. facts.SelectMany(fact => Enumerable.Repeat(fact, Emphasis.GetValueOrDefault(fact.Topic, 1)))];
        _answers = facts.GroupBy(fact => fact.Topic, StringComparer.Ordinal)
            .ToDictionary(topic => topic.Key, topic => topic.Select(fact => fact.Answer).Distinct().ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The world of the repository.</summary>
    public static World Alice { get; } = Load();

    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The facts as often as they are taught in one round.</summary>
    public IReadOnlyList<Fact> Lessons { get; }

    /// <summary>The rows of each table by kind.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Slots>> Tables { get; }

    /// <summary>The fact's slots with {other}: an answer that is wrong here and right for another subject.</summary>
    public Slots SlotsOf(Fact fact, Random random)
    {
        var answers = _answers[fact.Topic];
        if (answers.Length < 2)
            return fact.Slots;
        string other;
        do
            other = random.One(answers);
        while (other == fact.Answer);
        return fact.Slots.With("other", other);
    }

    /// <summary>A sentence that states the fact.</summary>
    public string StatementOf(Fact fact, Wordings wordings, Random random) =>
        wordings.Expand(fact.Statement, SlotsOf(fact, random), random);

    /// <exception cref="InvalidDataException">A row has more or fewer cells than the header.</exception>
    internal static IReadOnlyList<Slots> ReadTable(IEnumerable<string> lines, string file)
    {
        string[]? header = null;
        var rows = new List<Slots>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (header is null)
                header = cells;
            else if (cells.Length == header.Length)
                rows.Add(Row(header, cells));
            else
                throw new InvalidDataException(
                    $"{file}:{number}: {cells.Length} cells where the header has {header.Length}: \"{line}\". Cells hold no commas; " +
                    "leave unknown cells empty.");
        }

        return rows;
    }

    private static Slots Row(string[] header, string[] cells)
    {
        var row = new Slots();
        for (var column = 0; column < header.Length; column++)
            row[header[column]] = cells[column];
        return row;
    }

    private static World Load()
    {
        var facts = new List<Fact>();
        var tables = new Dictionary<string, IReadOnlyList<Slots>>(StringComparer.Ordinal);
        foreach (var file in CorpusResource.Names("world/"))
        {
            var rows = ReadTable(CorpusResource.Lines(file), file);
            var kind = rows[0].Keys.First();
            tables.Add(kind, rows);
            facts.AddRange(rows.SelectMany(row => FactsOf(kind, row)));
        }

        return new World(facts, tables);
    }

    private static IEnumerable<Fact> FactsOf(string kind, Slots row) =>
        from column in row.Keys
        let topic = $"{kind}.{column}"
        where row[column].Length > 0 && Wordings.All.Has(topic + ".statement")
        select new Fact(topic, row[kind], row[column], row);
}

/// <summary>One thing that is so in the closed world: the capital of Italy is Rome.</summary>
/// <param name="Topic">Names its wordings: rules "country.capital.statement", "country.capital.question" and so on.</param>
/// <param name="Subject">What it is about: Italy.</param>
/// <param name="Answer">What is told: Rome.</param>
/// <param name="Slots">Everything known of the subject, by column.</param>
internal sealed record Fact(string Topic, string Subject, string Answer, Slots Slots)
{
    public string Statement => Topic + ".statement";

    public string Question => Topic + ".question";

    public string HeldOut => Topic + ".held-out";

    /// <summary>A sentence for the middle of a paragraph, which may say "it" or "she"; not every topic has one.</summary>
    public string Follow => Topic + ".follow";
}
