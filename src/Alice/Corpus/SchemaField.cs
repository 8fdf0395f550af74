using System.Text;

namespace LlmRabbitHoles.Alice;

/// <summary>Something that a form can ask for: its names, the kind of its values, and what a sentence says of it.</summary>
/// <param name="Name">Its slot in the clauses.</param>
/// <param name="Kind">"subject", "city", "number 5-95", "one of a, b", "bool", "list food", "choice a, b".</param>
/// <param name="Names">How forms call it.</param>
internal sealed record SchemaField(string Name, string Kind, IReadOnlyList<string> Names)
{
    private readonly List<WordingPattern> _clauses = [], _denials = [];

    /// <summary>Whether its value is true or false.</summary>
    public bool IsTruth => Kind == "bool";

    /// <summary>"lives in Oslo": what is said of the subject.</summary>
    public string Clause(string value, Random random)
    {
        var text = new StringBuilder();
        random.One(value == "false" ? _denials : _clauses).Expand(Wordings.All, new Slots { [Name] = value }, random, text);
        return text.ToString();
    }

    public static SchemaField Parse(string line, string place)
    {
        var parts = line.Split(" | ", StringSplitOptions.TrimEntries);
        var field = new SchemaField(parts[0], parts[1], parts[2].Split(", "));
        if (parts.Length == 3) return field;
        var sides = parts[3].Split(" / ");
        field._clauses.AddRange(sides[0].Split("; ").Select(clause => WordingPattern.Parse(clause, place)));
        if (sides.Length > 1) field._denials.AddRange(sides[1].Split("; ").Select(clause => WordingPattern.Parse(clause, place)));
        return field;
    }
}

/// <summary>Fields that can be told of one subject, such as a person or a machine.</summary>
/// <param name="SubjectKind">The kind of the subject's name.</param>
/// <param name="Pronoun">"who" for people, else "it".</param>
/// <param name="Fields">The first is the subject itself.</param>
internal sealed record SchemaDomain(string SubjectKind, string Pronoun, List<SchemaField> Fields)
{
    private const string Resource = "fields.txt";

    /// <summary>All of data/corpus/fields.txt, whose head explains the notation.</summary>
    public static IReadOnlyList<SchemaDomain> All { get; } = Read();

    private static List<SchemaDomain> Read()
    {
        var (domains, number) = (new List<SchemaDomain>(), 0);
        foreach (var line in CorpusResource.Lines(Resource))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '@') domains.Add(new SchemaDomain(line.Split(' ')[1], line.Split(' ')[2], []));
            else domains[^1].Fields.Add(SchemaField.Parse(line, $"{Resource}:{number}"));
        }
        return domains;
    }
}
