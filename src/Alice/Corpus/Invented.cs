namespace LlmRabbitHoles.Alice;

/// <summary>Names made of syllables, too many to learn by heart: a model that answers with one has read it.</summary>
internal static class Invented
{
    private static readonly string[] Onsets =
    [
        "b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br", "dr", "fl", "gr", "kr", "pl", "st",
        "tr", "sh",
    ];

    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ee", "oo"];
    private static readonly string[] PersonEnds = ["", "n", "s", "l", "r", "na", "la", "ra", "mo", "ko", "ta", "x"];
    private static readonly string[] PlaceEnds = ["ton", "ville", "berg", "ford", "field", "mouth", "burg", "ham", "port", "stad"];
    private static readonly HashSet<string> Known =
        [.. World.Alice.Tables["person"].Select(row => row["person"]), .. World.Alice.Tables["person"].Select(row => row["petname"])];
    private static readonly string[] Familiar = [.. Characters.Boys, .. Characters.Girls];

    /// <summary>"Tom" or "Dralena"; nobody of the closed world.</summary>
    public static string Person(Random random, bool heldOut) =>
        HeldOut.Draw(heldOut, () => random.Chance(0.35) ? random.One(Familiar) : Unknown(random, PersonEnds));

    /// <summary>"Shalomoor": never a familiar name.</summary>
    public static string Stranger(Random random, bool heldOut) => HeldOut.Draw(heldOut, () => Unknown(random, PersonEnds));

    /// <summary>"Rome" or "Grakeeberg".</summary>
    public static string Place(Random random, bool heldOut) => HeldOut.Draw(heldOut, () =>
        random.Chance(0.35) ? random.One(World.Alice.Tables["country"])["capital"] : Unknown(random, PlaceEnds));

    /// <summary>"floomi": a word that means nothing.</summary>
    public static string Word(Random random, bool heldOut) => HeldOut.Draw(heldOut, () => Unknown(random, PersonEnds).ToLowerInvariant());

    /// <summary>"lampfruit" or "lamp fruit": two common words that mean nothing together.</summary>
    public static string Compound(Random random) => random.One(Letters.Words) + (random.Chance(0.5) ? " " : "") + random.One(Letters.Words);

    private static string Unknown(Random random, string[] ends)
    {
        while (true)
        {
            var name = random.One(Onsets) + random.One(Vowels) + random.One(Onsets) + random.One(Vowels) + random.One(ends);
            if (!Known.Contains(name = English.Capitalized(name)))
                return name;
        }
    }
}
