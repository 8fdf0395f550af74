namespace LlmRabbitHoles.Alice;

/// <summary>Short stories in simple English: a hero, a friend, a plot of a few scenes, an end.</summary>
internal sealed class Stories(World world, Wordings wordings) : IDocumentSource
{
    private static readonly WordLists Lists = WordLists.Read("stories");
    private static readonly string[] Pets = ["dog", "cat", "rabbit", "parrot", "hamster", "pony"];
    private static readonly string[] PetNames = ["Rusty", "Bella", "Momo", "Fluffy", "Spot", "Kiki", "Bruno", "Lulu", "Snowy", "Tiger"];
    private static readonly string[] Wilds = Lists["wilds"];
    private static readonly string[] Toys = ["ball", "kite", "doll", "boat", "book", "drum", "teddy bear", "scarf", "car", "train"];
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "white", "brown", "orange", "purple", "golden"];
    private static readonly string[] Foods =
        ["apples", "cookies", "strawberries", "pancakes", "cherries", "sandwiches", "plums", "nuts", "grapes"];
    private static readonly string[] Places = Lists["places"];

    public string Part => "stories";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
            yield return Document.Plain(Part, wordings.Expand("story.plots", SlotsOf(random), random));
    }

    /// <summary>A story of five or six sentences.</summary>
    public string Short(Random random) => wordings.Expand("story.plots.short", SlotsOf(random), random);

    private Slots SlotsOf(Random random)
    {
        var slots = new Slots();
        Characters.AddChild(random, slots, "hero", "", Characters.Boys, Characters.Girls);
        Characters.AddChild(random, slots, "friend", "f.", Characters.Boys, Characters.Girls);
        var male = random.Chance(0.5);
        (slots["parent"], slots["p.he"], slots["p.his"], slots["p.him"]) = male
            ? (random.One(["father", "grandfather", "uncle"]), "he", "his", "him")
            : (random.One(["mother", "grandmother", "aunt"]), "she", "her", "her");
        slots["himself"] = slots["he"] == "he" ? "himself" : "herself";
        slots["hero.boy"] = random.One(Characters.Boys);
        slots["hero.girl"] = random.One(Characters.Girls);
        slots["pet"] = random.One(Pets);
        slots["petname"] = random.One(PetNames);
        slots["wild"] = random.One(Wilds);
        slots["toy"] = random.One(Toys);
        slots["colour"] = random.One(Colours);
        slots["food"] = random.One(Foods);
        slots["place"] = random.One(Places);
        slots["season"] = random.One(Sequences.Seasons);
        slots["number"] = English.Number(random.Next(3, 11));
        var country = random.One(world.Tables["country"]);
        (slots["country"], slots["city"], slots["language"], slots["countryfood"]) =
            (country["country"], country["capital"], country["language"], country["food"]);
        slots["currency"] = country["currency"].Length > 0 ? country["currency"] : "coins";
        return slots;
    }
}
