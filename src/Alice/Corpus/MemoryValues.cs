namespace LlmRabbitHoles.Alice;

/// <summary>Draws values that are told in training, from sets so large that only the conversation holds the answer.</summary>
internal static class MemoryValues
{
    private static readonly WordLists Lists = WordLists.Read("memory-kinds");
    private static readonly string[] Spots = [.. WordLists.Read("memories")["spots"], .. Lists["spots"]];
    private static readonly string[] Prepositions = Lists["prepositions"];
    private static readonly string[] Units = Lists["units"];
    private static readonly string[] Goods = Lists["goods"];
    private static readonly string[] Streets = Lists["streets"];
    private static readonly string[] Crowds = Lists["crowds"];
    private static readonly string[] Schools = ["School", "High School", "College", "Academy"];

    /// <summary>Draws until the value is not held out.</summary>
    public static string Trained(Func<string> draw) => HeldOut.Draw(heldOut: false, draw);

    /// <summary>Some figures in a row.</summary>
    public static string Digits(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));

    private static string Signs(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => random.One("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".ToCharArray())));

    /// <summary>"4711", "12-34" or "B7K#".</summary>
    public static string Code(Random random) => Trained(() => random.Next(10) switch
    {
        < 6 => random.Next(1000, 10000).ToString(),
        6 or 7 => Digits(random, random.Next(3, 8)),
        8 => $"{Digits(random, 2)}-{Digits(random, 2)}{(random.Chance(0.5) ? $"-{Digits(random, 2)}" : "")}",
        _ => Signs(random, random.Next(3, 6)) + (random.Chance(0.2) ? "#" : ""),
    });

    /// <summary>"Tulip-River-42".</summary>
    public static string Password(Random random) => Trained(() => random.Next(5) switch
    {
        0 => random.One(Letters.Words) + random.Next(10, 1000),
        1 => $"{Cap(random)}-{Cap(random)}-{random.Next(1, 100)}",
        2 => Signs(random, 4) + "-" + Signs(random, 4),
        3 => Invented.Word(random, heldOut: false) + random.Next(1, 100),
        _ => random.One(Letters.Words) + random.One(["_", ".", "-", ""]) + random.One(Letters.Words),
    });

    /// <summary>"KL 1204" or "A-4471".</summary>
    public static string Reference(Random random) => Trained(() => random.Next(5) switch
    {
        0 => $"{Signs(random, 2)} {Digits(random, random.Next(3, 5))}",
        1 => $"{(char)('A' + random.Next(26))}-{Digits(random, random.Next(3, 6))}",
        2 => Digits(random, random.Next(5, 9)),
        3 => $"{Digits(random, 3)} {Digits(random, 3)}",
        _ => $"{Signs(random, 4)}-{Digits(random, 2)}",
    });

    /// <summary>"555 0192".</summary>
    public static string Phone(Random random) => Trained(() => random.Next(4) switch
    {
        0 => $"0{Digits(random, 3)} {Digits(random, random.Next(4, 7))}",
        1 => $"555 {Digits(random, 4)}",
        2 => $"555-{Digits(random, 4)}",
        _ => $"+{random.Next(1, 99)} {Digits(random, 3)} {Digits(random, 4)}",
    });

    /// <summary>"47" or "12b".</summary>
    public static string HouseNumber(Random random) => $"{random.Next(1, 400)}{(random.Chance(0.2) ? random.One(["a", "b", "c"]) : "")}";

    /// <summary>"312" or "B14".</summary>
    public static string Room(Random random) =>
        random.Chance(0.8) ? $"{random.Next(1, 900)}" : $"{(char)('A' + random.Next(8))}{random.Next(1, 40)}";

    /// <summary>A bus: "42" or "N7".</summary>
    public static string Line(Random random) =>
        random.Chance(0.75) ? $"{random.Next(1, 400)}" : $"{random.One(["N", "X", "M"])}{random.Next(1, 90)}";

    /// <summary>A year count in figures.</summary>
    public static string Age(Random random) => $"{random.Next(1, 100)}";

    /// <summary>"Tuesday", "3 May" or "Friday at noon".</summary>
    public static string Day(Random random) => random.Next(6) switch
    {
        < 3 => random.One(Sequences.Days),
        3 => Date(random),
        4 => $"{random.One(Sequences.Days)} {random.One(["morning", "evening", "afternoon", "night"])}",
        _ => $"{random.One(Sequences.Days)} at {Clock(random)}",
    };

    /// <summary>"3 May", "May 3rd" or "the 3rd of May".</summary>
    public static string Date(Random random)
    {
        var (day, month) = (random.Next(1, 29), random.One(Sequences.Months));
        var ending = (day % 10, day / 10) switch { (1, not 1) => "st", (2, not 1) => "nd", (3, not 1) => "rd", _ => "th" };
        return random.Next(4) switch
        {
            0 => $"{day} {month}",
            1 => $"{month} {day}",
            2 => $"the {day}{ending} of {month}",
            _ => $"{month} {day}{ending}",
        };
    }

    /// <summary>"7 o'clock", "14:35" or "half past six".</summary>
    public static string Clock(Random random) => random.Next(8) switch
    {
        < 3 => $"{random.Next(1, 13)} o'clock",
        3 => $"{random.Next(0, 24)}:{random.Next(0, 12) * 5:00}",
        4 => $"{random.Next(1, 13)} {random.One(["am", "pm"])}",
        5 => $"{random.Next(1, 13)}:{random.Next(0, 60):00} {random.One(["am", "pm"])}",
        6 => $"{random.One(["half past", "quarter past", "quarter to", "ten past", "five to"])} {English.Number(random.Next(1, 13))}",
        _ => random.One(["noon", "midnight", "dawn", "lunchtime", $"{English.Number(random.Next(1, 13))} in the morning"]),
    };

    /// <summary>"on Friday at 4 pm".</summary>
    public static string Appointment(Random random) => random.Next(4) switch
    {
        0 => $"at {Clock(random)}",
        1 => $"tomorrow at {Clock(random)}",
        2 => $"on {random.One(Sequences.Days)}",
        _ => $"on {random.One(Sequences.Days)} at {Clock(random)}",
    };

    /// <summary>"20 euros".</summary>
    public static string Amount(Random random) => random.Next(6) switch
    {
        0 => $"{random.One(["£", "$", "€"])}{random.Next(1, 500)}",
        1 => $"{English.Number(random.Next(2, 100))} {random.One(Units)}",
        _ => $"{random.Next(2, 1000)} {random.One(Units)}",
    };

    /// <summary>"under the mat".</summary>
    public static string Spot(Random random) => $"{random.One(Prepositions)} the {random.One(Spots)}";

    private static string Cap(Random random) => English.Capitalized(random.One(Letters.Words));

    /// <summary>"The Silver Lantern".</summary>
    public static string Title(Random random) => Trained(() => random.Next(3) switch
    {
        0 => $"The {Cap(random)} {Cap(random)}",
        1 => $"{Cap(random)} {random.One(["of the", "and the", "in the", "without a"])} {Cap(random)}",
        _ => $"{Cap(random)} {Cap(random)}",
    });

    /// <summary>"Captain Lamp".</summary>
    public static string Nickname(Random random) => Trained(() => random.Next(3) switch
    {
        0 => Cap(random),
        1 => $"{random.One(["Old", "Little", "Captain", "Crazy", "Big", "Sir", "Miss", "Doctor", "Lucky"])} {Cap(random)}",
        _ => English.Capitalized(Invented.Word(random, heldOut: false)),
    });

    /// <summary>"floomi" or "lamp fruit".</summary>
    public static string Secret(Random random) => random.Next(3) switch
    {
        0 => Trained(() => Invented.Compound(random)),
        1 => Trained(() => random.One(Letters.Words)),
        _ => Invented.Word(random, heldOut: false),
    };

    /// <summary>"milk, eggs and bread".</summary>
    public static string Shopping(Random random) => English.List(random.Some(Goods, random.Next(1, 4)));

    /// <summary>"Maple Street".</summary>
    public static string Street(Random random) =>
        Trained(() => $"{(random.Chance(0.5) ? Cap(random) : Invented.Surname(random))} {random.One(Streets)}");

    /// <summary>"Larson &amp; Sons".</summary>
    public static string Company(Random random) => Trained(() => random.Next(3) switch
    {
        0 => $"{Invented.Surname(random)} & {random.One(["Sons", "Co", Invented.Surname(random)])}",
        1 => $"{Cap(random)} {random.One(["Systems", "Foods", "Motors", "Books", "Bank", "Airlines", "Labs"])}",
        _ => English.Capitalized(Invented.Word(random, heldOut: false)),
    });

    /// <summary>"the Falcons".</summary>
    public static string Team(Random random) => Trained(() => random.Chance(0.6)
        ? $"the {(random.Chance(0.6) ? Cap(random) + " " : "")}{random.One(Crowds[..18])}"
        : $"{Invented.Place(random, heldOut: false)} {random.One(Crowds)}");

    /// <summary>"Maple School".</summary>
    public static string School(Random random) =>
        Trained(() => $"{(random.Chance(0.5) ? Cap(random) : Invented.Surname(random))} {random.One(Schools)}");
}
