namespace LlmRabbitHoles.Alice;

/// <summary>Something told in a conversation, and the question that asks for it.</summary>
/// <param name="Kind">Names its wordings: "memory.code".</param>
/// <param name="Who">What it is about; two memories with the same kind and subject exclude each other.</param>
/// <param name="Value">What is told.</param>
internal sealed record Memory(string Kind, string Who, string Value)
{
    /// <summary>Whether training tells it or only the evaluation, in its fewer kinds and words.</summary>
    public Split Split { get; init; } = Split.Trained;

    /// <summary>How it is typed.</summary>
    public Typing Typing { get; init; }

    public Slots Slots => new() { ["who"] = Who, ["value"] = Value };
}

/// <summary>How somebody types; what is copied is copied as it was typed.</summary>
internal enum Typing
{
    Usual, Small, Capitals,
}

/// <summary>Makes things to be told and asked for, from sets so large that only the conversation can answer.</summary>
internal sealed class Memories(Wordings wordings)
{
    private readonly MemoryWordings _composed = new(wordings);

    private static readonly WordLists Lists = WordLists.Read("memories");
    private static readonly string[] Kinds =
    [
        "name", "relative", "relative", "colour", "food", "code", "code", "day", "time", "home", "lives", "lives", "place", "place",
        "key", "age", "own-age", "job", "has", "has", "birthday", "word",
    ];

    private static readonly string[] Relatives = Lists["relatives"];
    private static readonly string[] Pets = Lists["pets"];
    private static readonly string[] Locks = Lists["locks"];
    private static readonly string[] Events = Lists["events"];
    private static readonly string[] Days = Sequences.Days;
    private static readonly string[] Rides = ["train", "bus", "ship", "plane", "taxi", "ferry", "tram", "boat"];
    private static readonly string[] Objects = Lists["objects"];
    private static readonly string[] Prepositions = ["under", "on", "behind", "beside", "near"];
    private static readonly string[] Spots = Lists["spots"];
    private static readonly string[] Jobs = Lists["jobs"];
    private static readonly string[] Gifts = Lists["gifts"];
    private static readonly string[] Colours = Lists["colours"];
    private static readonly string[] Foods = Lists["foods"];
    private static readonly string[] Months = Sequences.Months;

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

    /// <summary>Something of the same kind as the first that tells of somebody or something else, as long as there is such a thing; only
    /// whose it is tells the two apart. Takes the place of the last.</summary>
    public static Memory Beside(List<Memory> told, Random random)
    {
        MemoryKind[] kinds = [.. MemoryKind.All.Where(kind => kind.Name == told[0].Kind)];
        for (var tries = 0; told[0].Who.Length > 0 && tries < 200; tries++)
        {
            var next = MemoryWordings.Draw(random.One(kinds), random);
            if (!told.Any(other => Excludes(other, next)))
                return next;
        }

        return told[^1];
    }

    /// <summary>The same subject with another value.</summary>
    public static Memory Changed(Memory memory, Random random, bool heldOut)
    {
        if (memory.Split == Split.Trained)
            return MemoryWordings.Changed(memory, random);
        while (true)
        {
            var value = ValueOf(memory.Kind, random, heldOut);
            if (value != memory.Value)
                return memory with { Value = value };
        }
    }

    /// <summary>What the exam tells has the exam's words, and so has some of what training tells.</summary>
    public string Tell(Memory memory, Random random) => HasExamWords(memory, random)
        ? wordings.Expand($"memory.{memory.Kind}.tell", memory.Slots, random)
        : _composed.Tell(memory, random);

    /// <summary>
    /// A question for it; held-out questions, and all with held-out names, are never trained, and only they are evaluated.
    /// </summary>
    public (string Question, string Answer) Ask(Memory memory, Random random, bool heldOut)
    {
        if (!heldOut && !HasExamWords(memory, random))
            return _composed.Ask(memory, random);
        for (var tries = 0; ; tries++)
        {
            var (question, answer) = wordings.Ask($"memory.{memory.Kind}.ask", memory.Slots, random);
            if (HeldOut.Is(question) == heldOut || (heldOut && memory.Kind is "lives" or "key" or "has"))
                return (question, answer);
            if (tries > 1000)
                throw new InvalidDataException(
                    $"No question of memory.{memory.Kind}.ask is {(heldOut ? "held out" : "trained")}. Add wordings.");
        }
    }

    /// <summary>Whether the exam knows this kind.</summary>
    public static bool IsOfExam(string kind) => Kinds.Contains(kind);

    /// <summary>Whether two are not told together, since a question for one may mean the other.</summary>
    public static bool Excludes(Memory one, Memory other) => one.Split == Split.Trained
        ? MemoryKind.AreNear(one, other)
        : one.Kind == other.Kind && one.Who == other.Who;

    private static bool HasExamWords(Memory memory, Random random) => memory.Split == Split.HeldOut
        || (memory.Typing == Typing.Usual && MemoryKind.FitsExam(memory) && random.Chance(0.25));

    private static Memory Next(Random random, bool heldOut)
    {
        if (!heldOut)
            return MemoryWordings.Draw(random.One(MemoryKind.All), random);
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
        return new Memory(kind, who, ValueOf(kind, random, heldOut)) { Split = Split.HeldOut };
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
