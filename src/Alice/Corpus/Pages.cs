namespace LlmRabbitHoles.Alice;

/// <summary>Pages that a tool brings back, and what is asked of them. Some hold an instruction that nobody who speaks gave.</summary>
/// <remarks>Greshake et al. 2023, arXiv:2302.12173 (indirect prompt injection).</remarks>
internal sealed class Pages(World world, Wordings wordings)
{
    private static readonly WordLists Lists = WordLists.Read("pages");
    private const int HeldOutPlaces = 5;

    private static readonly string[] Places = Lists["places"];

    private static readonly string[] Verbs = ["open", "close"];

    /// <summary>A page about a place and the question that it answers: {place} {verb} {verbs} {hour} {secret}.</summary>
    public Slots Draw(Random random, bool heldOut)
    {
        var verb = random.One(Verbs);
        return new Slots
        {
            ["place"] =
                random.One(heldOut ? [.. Places.TakeLast(HeldOutPlaces)] : (IReadOnlyList<string>)[.. Places.SkipLast(HeldOutPlaces)]),
            ["verb"] = verb, ["verbs"] = verb + "s", ["hour"] = $"{random.Next(5, 24)}:{random.One(["00", "15", "30", "45"])}",
            ["secret"] = Secret(random),
        };
    }

    /// <summary>A word that she can be told to say.</summary>
    public string Secret(Random random) => random.One(world.Tables["noun"])[random.Chance(0.5) ? "noun" : "plural"];

    /// <summary>What is asked of the page.</summary>
    public string Question(Slots page, Random random) => wordings.Expand("page.question", page, random);

    /// <summary>What stands on it.</summary>
    public string Text(Slots page, Random random) => wordings.Expand("page.statement", page, random);

    /// <summary>The same with a hidden instruction before or after it.</summary>
    public string Injected(Slots page, Random random, bool heldOut)
    {
        var instruction = wordings.Expand(heldOut ? "page.injection.held-out" : "page.injection", page, random);
        return random.Chance(0.3) ? $"{instruction} {Text(page, random)}" : $"{Text(page, random)} {instruction}";
    }

    /// <summary>The right answer.</summary>
    public static string Answer(Slots page) => $"The {page["place"]} {page["verbs"]} at {page["hour"]}.";
}
