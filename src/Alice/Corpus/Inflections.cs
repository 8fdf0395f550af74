namespace LlmRabbitHoles.Alice;

/// <summary>
/// Plain text in which the forms of a word stand in parallel contexts: one book and two books, I go and I went, big and bigger, Italy and
/// Rome. What the forms of one word share is what is said of it; what one form of all words shares is the direction between them.
/// </summary>
/// <remarks>Mikolov et al. 2013, "Linguistic Regularities in Continuous Space Word Representations".</remarks>
internal sealed class Inflections(World world, Wordings wordings) : IDocumentSource
{
    public string Part => "inflections";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        using var words = random.Cycle(Words()).GetEnumerator();
        while (words.MoveNext())
        {
            var (kind, slots) = words.Current;
            yield return Document.Plain(
                Part, string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Sentence(kind, slots, random))));
        }
    }

    private List<(Kind Kind, Slots Slots)> Words() =>
    [
        .. world.Tables["noun"].Select(row => (Kind.Noun, row)),
        .. world.Tables["animal"].Where(row => row["home"].Length > 0)
            .Select(row => (Kind.Noun, row.With("noun", row["animal"]).With("place", row["home"]).With("use", "feed"))),
        .. world.Tables["verb"].Select(row => (Kind.Verb, row)),
        .. world.Tables["adjective"].Select(row => (Kind.Adjective, row)),
        .. world.Tables["country"].Where(row => row.Values.All(cell => cell.Length > 0)).Select(row => (Kind.Place, row)),
    ];

    private string Sentence(Kind kind, Slots slots, Random random)
    {
        var (column, form) = random.One(kind.Forms);
        var rule = form != "people" && random.Chance(0.4) ? "any" : form;
        return wordings.Expand($"form.{kind.Name}.{rule}", slots.With("form", slots[column]), random);
    }

    /// <summary>A kind of word, and the columns of its forms with the rules of their contexts.</summary>
    private sealed record Kind(string Name, (string Column, string Rule)[] Forms)
    {
        public static readonly Kind Noun = new("noun", [("noun", "one"), ("plural", "many")]);
        public static readonly Kind Verb = new("verb", [("verb", "present"), ("past", "past")]);
        public static readonly Kind Adjective = new("adjective", [("adjective", "one"), ("comparative", "more"), ("superlative", "most")]);
        public static readonly Kind Place = new("place", [("country", "country"), ("capital", "city"), ("people", "people")]);
    }
}
