using System.Text.Json;

namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>A word of the field.</summary>
/// <param name="Term">The word, as a heading writes it.</param>
/// <param name="Hole">The id of the rabbit hole that explains it.</param>
/// <param name="Means">What it means, in a sentence or two.</param>
/// <param name="Also">Other forms and names, such as the plural.</param>
public sealed record GlossaryTerm(string Term, string Hole, string Means, IReadOnlyList<string> Also);

/// <summary>The words that the series explains, in alphabetical order, read from tiers/glossary.json.</summary>
public sealed class Glossary
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };
    private readonly Dictionary<string, GlossaryTerm> _byName = new(StringComparer.OrdinalIgnoreCase);

    private Glossary(IReadOnlyList<GlossaryTerm> terms) => Terms = terms;

    /// <summary>Every term.</summary>
    public IReadOnlyList<GlossaryTerm> Terms { get; }

    /// <summary>The term with that name or other name; null if no term has it.</summary>
    public GlossaryTerm? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads and checks the glossary of the repository at <paramref name="root"/>.</summary>
    /// <exception cref="CurriculumException">The file is missing or broken, a name is
    /// used twice, or a term names an unknown hole.</exception>
    public static Glossary Load(string root, Curriculum curriculum)
    {
        ArgumentNullException.ThrowIfNull(curriculum);
        var file = Path.Combine(root, "tiers", "glossary.json");
        var glossary = new Glossary([.. Read(file).OrderBy(term => term.Term, StringComparer.OrdinalIgnoreCase)]);
        foreach (var term in glossary.Terms)
        {
            if (curriculum.Holes.All(hole => hole.Id != term.Hole))
                throw new CurriculumException(
                    $"'{file}' says that '{term.Hole}' explains '{term.Term}', but that hole is not in any tier; correct its id.");
            if (term.Also.Prepend(term.Term).FirstOrDefault(name => !glossary._byName.TryAdd(name, term)) is { } twice)
                throw new CurriculumException($"'{file}' has the name '{twice}' twice; remove one.");
        }

        return glossary;
    }

    private static IEnumerable<GlossaryTerm> Read(string file)
    {
        try
        {
            var read = TierFile.Read(file).Deserialize<FileContent>(Format);
            return (read?.Terms ?? throw new CurriculumException($"'{file}' has no array 'terms'."))
                .Select(entry => entry ?? throw new CurriculumException($"'{file}' has a term that is null."))
                .Select(entry => entry.Also?.Contains(null!) == true
                    ? throw new CurriculumException($"'{file}' has a name of '{entry.Term}' that is null.")
                    : new GlossaryTerm(entry.Term, entry.Hole, entry.Means, entry.Also ?? []));
        }
        catch (JsonException broken)
        {
            throw new CurriculumException($"'{file}' cannot be read: {broken.Message}", broken);
        }
    }

    private sealed record FileContent(List<Entry>? Terms);

    private sealed record Entry(string Term, string Hole, string Means, List<string>? Also);
}
