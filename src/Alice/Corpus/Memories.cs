namespace LlmRabbitHoles.Alice;

/// <summary>Something told in a conversation, and the question that asks for it.</summary>
/// <param name="Kind">Names its wordings: "memory.code".</param>
/// <param name="Who">What it is about; two memories with the same kind and subject exclude each other.</param>
/// <param name="Value">What is told.</param>
internal sealed record Memory(string Kind, string Who, string Value)
{
    public Slots Slots => new() { ["who"] = Who, ["value"] = Value };
}

/// <summary>Makes things to be told and asked for, from sets so large that only the conversation can answer.</summary>
internal sealed class Memories(Wordings wordings)
{
    private static readonly string[] Kinds =
        ["name", "relative", "relative", "colour", "food", "code", "code", "day", "time", "home", "lives", "lives", "place", "place", "key", "age", "own-age", "job", "has", "has", "birthday", "word"];

    private static readonly string[] Relatives =
        ["sister", "brother", "mother", "father", "aunt", "uncle", "cousin", "friend", "neighbour", "teacher", "boss", "daughter", "son", "wife", "husband", "doctor", "grandmother", "grandfather"];

    private static readonly string[] Pets = ["cat", "dog", "horse", "rabbit", "parrot", "hamster", "pony", "goat", "turtle", "snake", "mouse", "duck"];
    private static readonly string[] Locks = ["door", "safe", "gate", "suitcase", "phone", "locker", "garage", "bicycle", "computer", "garden shed", "alarm", "mailbox"];
    private static readonly string[] Events = ["meeting", "concert", "party", "exam", "wedding", "picnic", "game", "lesson", "market", "play", "match", "race", "dinner", "trip"];
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] Rides = ["train", "bus", "ship", "plane", "taxi", "ferry", "tram", "boat"];
    private static readonly string[] Objects = ["key", "umbrella", "hat", "book", "letter", "ring", "map", "lamp", "wallet", "phone", "bag", "coat", "ticket", "pen", "camera", "ball", "scarf", "knife"];
    private static readonly string[] Prepositions = ["under", "on", "behind", "beside", "near"];
    private static readonly string[] Spots = ["mat", "bed", "table", "chair", "door", "sofa", "stone", "tree", "box", "shelf", "stove", "piano", "window", "bench", "car", "desk", "wall", "bucket", "lamp", "fence"];
    private static readonly string[] Jobs = ["baker", "teacher", "doctor", "nurse", "farmer", "pilot", "cook", "painter", "driver", "gardener", "writer", "singer", "builder", "dentist", "sailor", "tailor", "engineer", "lawyer", "judge", "butcher"];
    private static readonly string[] Gifts = ["ball", "kite", "drum", "doll", "book", "watch", "flute", "bicycle", "boat", "lamp", "violin", "puzzle", "balloon", "hat", "ring", "mirror", "candle", "basket", "clock", "guitar"];
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "black", "white", "orange", "purple", "pink", "brown", "grey", "silver", "gold", "violet"];
    private static readonly string[] Foods = ["pizza", "soup", "rice", "bread", "cheese", "noodles", "fish", "salad", "pancakes", "chocolate", "honey", "cake", "potatoes", "beans", "apples", "cherries", "dumplings", "curry", "eggs", "corn"];
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>Some memories that do not exclude each other.</summary>
    public static List<Memory> Some(Random random, int count, bool heldOut)
    {
        var memories = new List<Memory>();
        while (memories.Count < count)
        {
            var next = Next(random, heldOut);
            if (!memories.Any(other => Excludes(other, next)))
                memories.Add(next);
        }

        return memories;
    }

    /// <summary>Something of the same kind as the first that tells of somebody or something else, as long as there is such a thing; only whose it is tells
    /// the two apart. Takes the place of the last.</summary>
    public static Memory Beside(List<Memory> told, Random random)
    {
        if (told[0].Who.Length == 0)
            return told[^1];
        while (true)
        {
            var next = Next(random, heldOut: false);
            if (next.Kind == told[0].Kind && !told.Any(other => Excludes(other, next)))
                return next;
        }
    }

    /// <summary>The same subject with another value.</summary>
    public static Memory Changed(Memory memory, Random random, bool heldOut)
    {
        while (true)
        {
            var value = ValueOf(memory.Kind, random, heldOut);
            if (value != memory.Value)
                return memory with { Value = value };
        }
    }

    public string Tell(Memory memory, Random random) => wordings.Expand($"memory.{memory.Kind}.tell", memory.Slots, random);

    /// <summary>A question for it; held-out questions, and all with held-out names, are never trained, and only they are evaluated.</summary>
    public (string Question, string Answer) Ask(Memory memory, Random random, bool heldOut)
    {
        for (var tries = 0; ; tries++)
        {
            var (question, answer) = wordings.Ask($"memory.{memory.Kind}.ask", memory.Slots, random);
            if (HeldOut.Is(question) == heldOut || (heldOut && memory.Kind is "lives" or "key" or "has"))
                return (question, answer);
            if (tries > 1000)
                throw new InvalidDataException($"No question of memory.{memory.Kind}.ask is {(heldOut ? "held out" : "trained")}. Add wordings.");
        }
    }

    private static bool Excludes(Memory one, Memory other) => one.Kind == other.Kind && one.Who == other.Who;

    private static Memory Next(Random random, bool heldOut)
    {
        var kind = random.One(Kinds);
        var who = kind switch
        {
            "relative" => random.Chance(0.6) ? random.One(Relatives) : random.One(Pets),
            "age" or "job" => random.One(Relatives),
            "code" => random.One(Locks),
            "day" => random.One(Events),
            "time" => random.One(Rides),
            "place" => random.One(Objects),
            "lives" or "key" or "has" => Invented.Person(random, heldOut),
            _ => "",
        };
        return new Memory(kind, who, ValueOf(kind, random, heldOut));
    }

    private static string ValueOf(string kind, Random random, bool heldOut) => kind switch
    {
        "name" => Invented.Person(random, heldOut),
        "relative" => Invented.Stranger(random, heldOut),
        "home" or "lives" => Invented.Place(random, heldOut),
        "colour" => random.One(Colours),
        "food" => random.One(Foods),
        "code" => HeldOut.Draw(heldOut, () => random.Next(1000, 10000).ToString()),
        "day" => random.One(Days),
        "time" => $"{random.Next(1, 13)} o'clock",
        "place" or "key" => $"{random.One(Prepositions)} the {random.One(Spots)}",
        "age" or "own-age" => random.Next(5, 90).ToString(),
        "job" => random.One(Jobs),
        "has" => random.One(Gifts),
        "birthday" => random.One(Months),
        _ => Invented.Word(random, heldOut),
    };
}
