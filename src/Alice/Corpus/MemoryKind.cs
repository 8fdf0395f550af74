using static LlmRabbitHoles.Alice.MemoryValues;

namespace LlmRabbitHoles.Alice;

/// <summary>A kind of thing that training tells and asks for: whose it may be, and how its values are drawn.</summary>
/// <param name="Name">Names its wordings: rules "told.code.tell", "told.code.wh" and so on.</param>
/// <param name="Subject">Draws what it is about; an empty text where it is about the user.</param>
/// <param name="Value">Draws what is told.</param>
/// <param name="Near">Kinds with the same text here are not told of one subject together, because a question for one may mean the
/// other.</param>
internal sealed record MemoryKind(string Name, Func<Random, string> Subject, Func<Random, string> Value, string Near)
{
    private static readonly WordLists Exam = WordLists.Read("memories");
    private static readonly WordLists Lists = WordLists.Read("memory-kinds");
    private static readonly string[] Kin = [.. Exam["relatives"], .. Lists["relatives"]];
    private static readonly string[] Pets = [.. Exam["pets"], .. Lists["pets"]];
    private static readonly string[] Colours = [.. Exam["colours"], .. Exam["colours"], .. Lists["colours"]];
    private static readonly string[] Foods = [.. Exam["foods"], .. Exam["foods"], .. Lists["foods"]];
    private static readonly string[] Gifts = [.. Exam["gifts"], .. Lists["gifts"]];
    private static readonly string[] Jobs = [.. Exam["jobs"], .. Lists["jobs"]];
    private static readonly string[] Locks = [.. Exam["locks"], .. Exam["locks"], .. Lists["locks"]];
    private static readonly string[] Events = [.. Exam["events"], .. Lists["events"]];
    private static readonly string[] Objects = [.. Exam["objects"], .. Lists["objects"].Select(thing => thing.TrimEnd('*'))];
    private static readonly HashSet<string> Several =
        [.. Lists["objects"].Where(thing => thing.EndsWith('*')).Select(thing => thing.TrimEnd('*'))];

    private static readonly string[] Rides = ["train", "bus", "ship", "plane", "taxi", "ferry", "tram", "boat", "coach", "flight"];
    private static readonly HashSet<string> Close = [.. Kin, .. Pets];

    // Two names for one person: what is told of one is not unknown of the other.
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["mum"] = "mother", ["mom"] = "mother", ["dad"] = "father", ["grandma"] = "grandmother", ["grandpa"] = "grandfather",
        ["coworker"] = "colleague", ["flatmate"] = "roommate", ["neighbor"] = "neighbour", ["kitten"] = "cat", ["puppy"] = "dog",
        ["tortoise"] = "turtle", ["landlady"] = "landlord", ["fiancée"] = "fiancé", ["movie"] = "film", ["show"] = "series",
        ["novel"] = "book", ["bike"] = "bicycle", ["car park"] = "garage", ["trainer"] = "coach",
    };

    private static readonly Func<Random, string> Nobody = _ => "", Anyone = Someone, Relative = random => random.One(Kin),
        Animal = random => random.One(Pets), Event = random => random.One(Events), Ride = random => random.One(Rides),
        When = From("whens"), Name1 = random => Invented.Person(random, heldOut: false);

    /// <summary>All kinds, those of which people tell often more than once.</summary>
    public static IReadOnlyList<MemoryKind> All { get; } = Make();

    /// <summary>Whether a subject is somebody or some animal close to the user: "my sister".</summary>
    public static bool IsClose(string who) => Close.Contains(who);

    /// <summary>The values of every slot that wordings of the kind use.</summary>
    public static Slots SlotsOf(Memory memory)
    {
        var (isClose, several) = (IsClose(memory.Who), Several.Contains(memory.Who));
        return new Slots
        {
            ["who"] = memory.Who, ["value"] = memory.Value,
            ["person"] = isClose ? "my " + memory.Who : memory.Who, ["your"] = isClose ? "your " + memory.Who : memory.Who,
            ["is"] = several ? "are" : "is", ["it"] = several ? "they" : "it", ["them"] = several ? "them" : "it",
        };
    }

    /// <summary>Whether the wordings that the exam uses fit too: they know one thing at a place, relatives with jobs and strangers with
    /// homes.</summary>
    public static bool FitsExam(Memory memory) => memory.Kind switch
    {
        "age" or "job" => IsClose(memory.Who),
        "lives" or "key" or "has" => !IsClose(memory.Who),
        "place" => !Several.Contains(memory.Who),
        _ => Memories.IsOfExam(memory.Kind),
    };

    /// <summary>Whether a question for one may mean the other.</summary>
    public static bool AreNear(Memory one, Memory other) => NearOf(one.Kind) == NearOf(other.Kind) && Core(one.Who) == Core(other.Who);

    private static string NearOf(string kind) => All.FirstOrDefault(other => other.Name == kind)?.Near ?? kind;

    // "piano teacher" is a teacher, "car keys" are keys.
    private static string Core(string who)
    {
        var last = who[(who.LastIndexOf(' ') + 1)..].ToLowerInvariant();
        last = Synonyms.GetValueOrDefault(last, last);
        return last.TrimEnd('s');
    }

    private static MemoryKind[] Make()
    {
        MemoryKind Of(string name, Func<Random, string> subject, Func<Random, string> value, string? near = null) =>
            new(name, subject, value, near ?? name);
        var name = Of("name", Nobody, Invented.FullName, "name");
        var relative = Of("relative", Relative, random => random.Chance(0.75) ? Name1(random) : Invented.FullName(random));
        var pet = Of("relative", Animal, random => random.Chance(0.6) ? Name1(random) : Nickname(random));
        var code = Of("code", random => random.One(Locks), Code);
        var lives = Of("lives", Anyone, random => Invented.Place(random, heldOut: false));
        var place = Of("place", random => random.One(Objects), Spot);
        var favourite = Favourites.All;
        return
        [
            name, name, name, relative, relative, relative, pet, pet, code, code, code, lives, lives, place, place, place,
            .. favourite.SelectMany(thing => thing.Times(Of("favourite", _ => thing.Name, thing.Value))),
            Of("nickname", Nobody, Nickname, "name"), Of("surname", Nobody, Invented.Surname, "name"),
            Of("named", From("named"), random => random.Chance(0.5) ? Nickname(random) : Title(random)),
            Of("colour", Nobody, random => random.One(Colours)), Of("food", Nobody, random => random.One(Foods)),
            Of("pin", From("cards"), random => Trained(() => Digits(random, 4))), Of("password", From("accounts"), Password),
            Of("number", From("numbers"), Reference), Of("number", From("numbers"), Reference),
            Of("phone", Anyone, Phone), Of("own-phone", Nobody, Phone), Of("house", Nobody, HouseNumber, "home"),
            Of("room", Nobody, Room), Of("event-room", Event, Room, "event-place"), Of("event-place", Event, From("venues")),
            Of("day", Event, Day, "event-time"), Of("day", Event, Day, "event-time"), Of("event-time", Event, Clock),
            Of("time", Ride, Clock), Of("platform", Ride, random => $"{random.Next(1, 30)}"), Of("due", From("tasks"), Day),
            Of("appointment", From("offices"), Appointment), Of("home", Nobody, random => Invented.Place(random, heldOut: false), "home"),
            Of("street", Nobody, Street, "home"), Of("from", Anyone, random => Invented.Place(random, heldOut: false)),
            Of("key", Anyone, Spot), Of("age", Anyone, Age), Of("own-age", Nobody, Age), Of("job", Anyone, random => random.One(Jobs)),
            Of("own-job", Nobody, random => random.One(Jobs)), Of("company", Nobody, Company),
            Of("has", Anyone, random => random.One(Gifts)),
            Of("has", Anyone, random => random.One(Gifts)), Of("wants", Anyone, random => random.One(Gifts), "has"),
            Of("holder", From("borrowed"), Name1), Of("owes", Anyone, Amount), Of("i-owe", Anyone, Amount),
            Of("likes", Anyone, From("likes")), Of("likes", Anyone, From("likes")),
            Of("hates", Nobody, random => random.One(random.Chance(0.5) ? Lists["likes"] : Foods)),
            Of("allergy", Nobody, From("allergies")), Of("is-allergic", Anyone, From("allergies")),
            Of("birthday", Nobody, random => random.One(Sequences.Months)), Of("birth-date", Anyone, Date),
            Of("birth-date", Anyone, Date), Of("word", Nobody, Secret), Of("word", Nobody, Secret),
            Of("buy", Nobody, Shopping), Of("buy", Nobody, Shopping), Of("plan", When, From("doings"), "plan"),
            Of("plan", When, From("doings"), "plan"), Of("meet", When, Name1, "plan"), Of("painted", From("coloured"),
                random => random.One(Colours)),
            Of("team", Nobody, Team), Of("size", Nobody, random => $"{random.Next(30, 50)}{(random.Chance(0.2) ? " and a half" : "")}"),
            Of("bus", Nobody, Line), Of("seat", Nobody, random => $"{random.Next(1, 60)}{(char)('A' + random.Next(6))}"),
            Of("holiday", Nobody, random => Invented.Place(random, heldOut: false)), Of("language", Nobody, From("languages")),
            Of("speaks", Anyone, From("languages")), Of("plays", Anyone, From("instruments")), Of("studies", Anyone, From("subjects")),
            Of("drives", Anyone, From("cars")), Of("arrives", Anyone, Clock), Of("wake", Nobody, Clock), Of("budget", Nobody, Amount),
            Of("count", From("counted"), random => random.Chance(0.5) ? $"{random.Next(2, 13)}" : English.Number(random.Next(2, 13))),
            Of("reading", Nobody, Title), Of("school", Nobody, School),
        ];
    }

    private static Func<Random, string> From(string list)
    {
        var words = Lists[list];
        return random => random.One(words);
    }

    private static Func<Random, string> The(string list)
    {
        var words = Lists[list];
        return random => "the " + random.One(words);
    }

    private static string Someone(Random random) =>
        random.Chance(0.4) ? random.One(Kin) : Invented.Person(random, heldOut: false);

    // What one may like best, and values for it.
    private sealed record Favourites(string Name, Func<Random, string> Value, int Often)
    {
        public static IReadOnlyList<Favourites> All { get; } =
        [
            .. Lists["films"].Select(film => new Favourites(film, Title, 1)),
            new("drink", From("drinks"), 2), new("sport", From("sports"), 2),
            new("animal", The("animals"), 2), new("flower", The("flowers"), 1), new("instrument", The("instruments"), 1),
            new("subject", From("subjects"), 1), new("language", From("languages"), 1),
            new("number", random => $"{random.Next(1, 1000)}", 2),
            new("city", random => Invented.Place(random, heldOut: false), 1), new("season", random => random.One(Sequences.Seasons), 1),
            new("month", random => random.One(Sequences.Months), 1), new("band", Team, 1), new("singer", Name1, 1),
            new("hobby", From("hobbies"), 1), new("breakfast", random => random.One(Foods), 1),
            new("dessert", random => random.One(Foods), 1),
            new("weekday", random => random.One(Sequences.Days), 1), new("word", Secret, 1), new("shop", Company, 1),
            new("teacher", Invented.FullName, 1), new("toy", random => "the " + random.One(Gifts), 1),
            new("letter", random => $"{(char)('A' + random.Next(26))}", 1),
        ];

        public IEnumerable<MemoryKind> Times(MemoryKind kind) => Enumerable.Repeat(kind, Often);
    }
}
