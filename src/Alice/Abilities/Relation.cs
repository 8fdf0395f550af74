namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Pairs of words that stand to each other in one way: man and woman, France and Paris.</summary>
/// <param name="Name">What the way is called.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record Relation(string Name, IReadOnlyList<(string From, string To)> Pairs)
{
    /// <summary>The relations that Alice's world holds.</summary>
    public static IReadOnlyList<Relation> All { get; } =
    [
        Of("male and female", "male", "female"),
        Of("country and capital", "country", "capital"),
        Of("country and language", "country", "language"),
        Of("country and people", "country", "people"),
        Of("singular and plural", "noun", "plural"),
        Of("adjective and comparative", "adjective", "comparative"),
        Of("adjective and superlative", "adjective", "superlative"),
        Of("verb and past", "verb", "past"),
    ];

    /// <summary>Opposites: measured beside the others and not counted, because no direction can hold between words of which either is the
    /// opposite of the other.</summary>
    public static Relation Opposites { get; } = Of("opposites", "word", "opposite");

    /// <summary>The pairs whose words are tokens.</summary>
    public Relation Within(WordSpace space) =>
        this with { Pairs = [.. Pairs.Where(pair => pair.From != pair.To && space.Has(pair.From) && space.Has(pair.To))] };

    private static Relation Of(string name, string from, string to) =>
        new(name, [.. World.Alice.Tables[from].Select(row => (row[from], row[to])).Distinct()]);
}
