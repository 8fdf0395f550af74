namespace LlmRabbitHoles.Alice;

/// <summary>Names made of syllables or drawn from many languages, too many to learn by heart: a model that answers with one has read
/// it.</summary>
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

    // What the sounds of training's wider names add: no letter without a capital of its own.
    private static readonly string[] WideOnsets =
    [
        .. Onsets, "ch", "th", "c", "č", "š", "ž", "ł", "ş", "ç", "ñ", "kh", "ng", "sz", "zh", "y", "dj", "mb", "nd", "ph", "ts",
        "hj", "sv", "gw", "ll", "kw", "x", "đ", "ř", "ț",
    ];

    private static readonly string[] WideVowels =
    [
        .. Vowels, .. Vowels, "á", "é", "í", "ó", "ú", "à", "è", "ë", "ï", "ö", "ü", "ä", "ø", "å", "ã", "õ",
        "ê", "ô", "ă", "ā", "ē", "ū", "ie", "au", "ou", "ea", "ia", "y", "ae", "uo", "io",
    ];

    private static readonly string[] WideEnds =
    [
        .. PersonEnds, "sson", "dóttir", "ová", "ić", "escu", "ez", "enko", "yan", "oğlu", "nen", "ki", "é", "us", "is", "el",
        "am", "em", "ut", "eth", "iko", "oye", "uka", "ani", "ão", "ño", "ń", "št", "ra", "wen", "ngo", "dé", "lyn", "wick",
    ];

    private static readonly string[] WidePlaceEnds =
    [
        .. PlaceEnds, "dorf", "by", "vik", "grad", "pur", "abad", "ów", "ço", "fjord", "wick", "dale", "haven", "bridge", "ovo", "nes",
        "ia",
    ];

    private static readonly string[] PlaceBefore = ["New", "Old", "San", "Port", "Saint", "Upper", "North", "Lake", "El", "Bad", "Fort"];
    private static readonly HashSet<string> Known =
        [.. World.Alice.Tables["person"].Select(row => row["person"]), .. World.Alice.Tables["person"].Select(row => row["petname"])];
    private static readonly string[] Familiar = [.. Characters.Boys, .. Characters.Girls];
    private static readonly WordLists Lists = WordLists.Read("names");
    private static readonly string[] First = [.. Lists["first"].Where(name => !Known.Contains(name))];
    private static readonly string[] Last = [.. Lists["last"].Where(name => !Known.Contains(name))];

    /// <summary>"Tom", "Dralena" or, in training, "Łukasz"; one word, and nobody of the closed world.</summary>
    public static string Person(Random random, bool heldOut) => heldOut
        ? HeldOut.Draw(heldOut, () => random.Chance(0.35) ? random.One(Familiar) : Unknown(random, PersonEnds))
        : HeldOut.Draw(heldOut, () => random.Chance(0.2) ? random.One(Familiar) : Wide(random));

    /// <summary>"Shalomoor": never a familiar name.</summary>
    public static string Stranger(Random random, bool heldOut) =>
        HeldOut.Draw(heldOut, () => heldOut ? Unknown(random, PersonEnds) : Wide(random));

    /// <summary>"Ngozi Dvořák", "Dr. Okafor", "Mrs Lindqvist" or one word.</summary>
    public static string FullName(Random random) => HeldOut.Draw(heldOut: false, () => random.Next(8) switch
    {
        < 3 => $"{Wide(random)} {Surname(random)}",
        3 => $"{random.One(["Dr.", "Mr", "Mrs", "Ms", "Miss", "Professor", "Mr.", "Mrs."])} {Surname(random)}",
        4 when random.Chance(0.4) => $"{random.One(First)} {random.One(["van", "de", "von", "al", "dos", "van der"])} {Surname(random)}",
        _ => random.Chance(0.2) ? random.One(Familiar) : Wide(random),
    });

    /// <summary>"Dvořák" or "Kamoenko".</summary>
    public static string Surname(Random random) =>
        HeldOut.Draw(heldOut: false, () => random.Chance(0.5) ? random.One(Last) : Unknown(random, WideOnsets, WideVowels, WideEnds));

    /// <summary>"Rome" or "Grakeeberg"; in training also "New Žolgrad".</summary>
    public static string Place(Random random, bool heldOut) => HeldOut.Draw(heldOut, () =>
    {
        if (random.Chance(0.35))
            return random.One(World.Alice.Tables["country"])["capital"];
        if (heldOut || random.Chance(0.4))
            return Unknown(random, PlaceEnds);
        var place = Unknown(random, WideOnsets, WideVowels, WidePlaceEnds);
        return random.Chance(0.15) ? $"{random.One(PlaceBefore)} {place}" : place;
    });

    /// <summary>"floomi": a word that means nothing.</summary>
    public static string Word(Random random, bool heldOut) => HeldOut.Draw(heldOut, () => Unknown(random, PersonEnds).ToLowerInvariant());

    /// <summary>"lampfruit" or "lamp fruit": two common words that mean nothing together.</summary>
    public static string Compound(Random random) => random.One(Letters.Words) + (random.Chance(0.5) ? " " : "") + random.One(Letters.Words);

    // A name that somebody has, or one of sounds of many languages, or one as the exam's are made.
    private static string Wide(Random random) => random.Next(10) switch
    {
        < 4 => random.One(First),
        < 7 => Unknown(random, WideOnsets, WideVowels, WideEnds),
        _ => Unknown(random, PersonEnds),
    };

    private static string Unknown(Random random, string[] ends) => Unknown(random, Onsets, Vowels, ends);

    private static string Unknown(Random random, string[] onsets, string[] vowels, string[] ends)
    {
        while (true)
        {
            var name = random.One(onsets) + random.One(vowels) + random.One(onsets) + random.One(vowels) + random.One(ends);
            if (!Known.Contains(name = English.Capitalized(name)))
                return name;
        }
    }
}
