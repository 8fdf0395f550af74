namespace LlmRabbitHoles.Alice;

/// <summary>Values of kinds such as person, city and day, out of sets too large to learn by heart: one that stands in a call or a form has
/// been read.</summary>
internal static class Kinds
{
    private static readonly WordLists Lists = WordLists.Read("kinds");
    private static readonly string[] Names = [.. Lists["names"].Where(name => !HeldOut.Is(name))];
    private static readonly string[] Surnames = Lists["surnames"];
    private static readonly string[] Cities = WordLists.Read("tools")["cities"];
    private static readonly string[] Languages = WordLists.Read("tools")["languages"];
    private static readonly string[] Capitals = [.. World.Alice.Tables["country"].Select(row => row["capital"])];
    private static readonly string[] Streets = Lists["streets"], Days = Lists["days"], Months = Sequences.Months;
    private static readonly string[] Heads = Lists["titleHeads"], Tails = Lists["titleTails"];
    private static readonly string[] Texts = Lists["texts"], TextHeads = Lists["textHeads"];
    private static readonly string[] Files = Lists["files"], FileEndings = Lists["fileEndings"], Teams = Lists["teams"];
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["room"] = Lists["rooms"], ["colour"] = Lists["colours"], ["food"] = Lists["foods"], ["drink"] = Lists["drinks"],
        ["plant"] = Lists["plants"], ["animal"] = Lists["animals"], ["currency"] = Lists["currencies"], ["sport"] = Lists["sports"],
        ["subject"] = Lists["subjects"], ["language"] = Languages,
    };

    /// <summary>A value of a kind: a "city" is "Łódź", a "code" is "K7-204".</summary>
    /// <exception cref="InvalidDataException">The kind is unknown.</exception>
    public static string Value(string kind, Random random) => kind switch
    {
        "person" => Person(random),
        "city" => random.Next(10) switch
        {
            < 5 => random.One(Cities),
            < 7 => random.One(Capitals),
            _ => Invented.Place(random, heldOut: false),
        },
        "place" => random.Chance(0.6)
            ? $"{Proper(random)} {random.One(Streets)}{(random.Chance(0.3) ? $" {random.Next(1, 200)}" : "")}" : Value("city", random),
        "day" => random.Chance(0.75) ? random.One(Days) : random.Chance(0.5)
            ? $"{random.Next(1, 29)} {random.One(Months)}" : $"{random.One(Months)} {random.Next(1, 29)}",
        "time" => Time(random),
        "number" => $"{(random.Chance(0.85) ? random.Next(2, 100) : random.Next(100, 2000))}",
        "phone" => random.Chance(0.5) ? $"{random.Next(100, 1000)} {random.Next(1000, 10000)}" : $"0{random.Next(10000, 1000000)}",
        "code" => Code(random),
        "word" => random.Chance(0.6) ? random.One(Letters.Trained) : Invented.Word(random, heldOut: false),
        "object" => ToolTasks.Good(random, heldOut: false)["item"],
        "text" => random.Chance(0.75) ? random.One(Texts) : $"{random.One(TextHeads)} {random.One(Texts)}",
        "title" or "song" => random.Chance(0.8) ? $"{random.One(Heads)} {random.One(Tails)}" : random.One(Tails),
        "name" => random.Next(3) switch
        {
            0 => English.Capitalized(Invented.Word(random, heldOut: false)),
            1 => Invented.Word(random, heldOut: false),
            _ => random.One(Files) + random.One(FileEndings),
        },
        "team" => random.Chance(0.6) ? $"{Value("city", random)} {random.One(Teams)}" : random.One(Teams),
        "food" when random.Chance(0.15) => $"{random.One(Letters.Trained)} {random.One(["soup", "pie", "stew", "salad", "cake"])}",
        _ when Words.TryGetValue(kind, out var words) => random.One(words),
        _ => throw new InvalidDataException($"No values of the kind '{kind}' are known. Add it to Kinds.cs, or mend the kind."),
    };

    /// <summary>"Zoë", "Priya Sharma", "Dralena": nobody of the closed world or of the evaluation.</summary>
    public static string Person(Random random) => HeldOut.Draw(heldOut: false, () =>
    {
        var first = random.Chance(0.65) ? random.One(Names) : Invented.Person(random, heldOut: false);
        return random.Chance(0.2) && !first.Contains(' ') ? $"{first} {random.One(Surnames)}" : first;
    });

    private static string Proper(Random random) => random.Next(3) switch
    {
        0 => random.One(Surnames),
        1 => English.Capitalized(random.One(Letters.Trained)),
        _ => English.Capitalized(Invented.Word(random, heldOut: false)),
    };

    private static string Time(Random random) => random.Next(6) switch
    {
        0 => $"{random.Next(1, 13)} {random.One(["am", "pm"])}",
        1 => $"{random.Next(1, 13)}{random.One(["am", "pm"])}",
        2 => random.One(["noon", "midnight", "sunset", "dawn"]),
        3 => $"{random.Next(1, 13)} o'clock",
        _ => $"{random.Next(5, 24)}:{random.Next(0, 12) * 5:00}",
    };

    private static string Code(Random random)
    {
        var letter = (char)('A' + random.Next(26));
        return random.Next(4) switch
        {
            0 => $"{letter}{random.Next(10, 1000)}",
            1 => $"{letter}{(char)('A' + random.Next(26))}-{random.Next(10, 1000)}",
            2 => $"{random.Next(1000, 100000)}",
            _ => $"{letter}{random.Next(1, 10)}-{random.Next(100, 1000)}",
        };
    }
}
