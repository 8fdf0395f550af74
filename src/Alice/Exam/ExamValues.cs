namespace LlmRabbitHoles.Alice.Exam;

/// <summary>What stands in the slots of the exam, where neither the world nor a file says it.</summary>
/// <remarks>The exam's own, so that it stays as it is when lessons change.</remarks>
internal static class ExamValues
{
    /// <summary>First names of many languages; nobody of the closed world.</summary>
    public static readonly string[] Names =
    [
        "Priya", "Jürgen", "Chloé", "Ingrid", "Mateusz", "Yusuf", "Aoife", "Thabo", "Sofía", "Kenji", "Oluwaseun", "Marta", "Dmitri",
        "Leila", "Björn", "Nguyen", "Fatou", "Giulia", "Zoltan", "Anneke", "Rasmus", "Esperanza", "Wei", "Tomás", "Hana", "Quentin",
        "Siobhan", "Ravi", "Bogdan", "Xenia", "Emeka", "Linnea", "Pablo", "Noor", "Viktor", "Kwame", "Ulla", "Jomo", "Trevor", "Sharon",
        "Gareth", "Denise", "Bradley", "Courtney", "Rhys", "Pauline", "Nigel", "Beryl", "Dustin", "Kimberly",
    ];

    public static readonly string[] Towns =
    [
        "Trondheim", "Porto", "Leeds", "Nagoya", "Tampa", "Graz", "Utrecht", "Galway", "Bergen", "Malmö", "Turin", "Perth", "Boise",
        "Cardiff", "Lagos", "Pune", "Zwolle", "Bath", "Tulsa", "Dundee",
    ];

    public static readonly string[] Days = Sequences.Days, Months = Sequences.Months;

    public static readonly string[] Relatives =
    [
        "sister", "brother", "mum", "dad", "cousin", "neighbour", "boss", "flatmate", "grandma", "uncle", "dog", "cat", "hamster", "parrot",
        "teacher", "best friend",
    ];

    public static readonly string[] Workers = ["sister", "brother", "mum", "dad", "cousin", "neighbour", "flatmate", "uncle", "aunt"];

    public static readonly string[] Locks = ["door", "safe", "locker", "bike", "garage", "suitcase", "alarm", "gate", "phone"];

    public static readonly string[] Events = ["party", "concert", "exam", "wedding", "interview", "barbecue", "match", "lecture", "picnic"];

    public static readonly string[] Rides = ["train", "bus", "ferry", "plane", "coach", "tram", "boat"];

    public static readonly string[] Objects =
        ["key", "umbrella", "wallet", "passport", "torch", "camera", "map", "scarf", "book", "phone", "ring", "hat"];

    public static readonly string[] Spots =
        ["sofa", "bed", "desk", "fridge", "mat", "wardrobe", "bench", "piano", "shelf", "bucket", "table", "stove"];

    public static readonly string[] Jobs =
        ["plumber", "nurse", "baker", "lawyer", "pilot", "florist", "dentist", "carpenter", "waiter", "farmer", "vet", "singer"];

    public static readonly string[] Gifts = ["guitar", "scooter", "watch", "kite", "teapot", "drone", "puzzle", "bicycle", "ring", "tent"];

    public static readonly string[] Colours =
        ["red", "blue", "green", "yellow", "purple", "orange", "pink", "turquoise", "grey", "brown", "silver", "violet"];

    public static readonly string[] Foods =
        ["pizza", "soup", "rice", "cheese", "noodles", "sushi", "pancakes", "curry", "lasagne", "chocolate", "salad", "pie"];

    public static readonly string[] Secrets =
    [
        "banana", "umbrella", "thunder", "pickle", "rocket", "velvet", "lantern", "turnip", "walrus", "cobweb", "marble", "trumpet",
        "acorn", "blizzard", "cactus", "pepper",
    ];

    /// <summary>Countries outside the closed world that training keeps for the evaluation.</summary>
    public static readonly string[] StrangeCountries =
        [.. World.Alice.Tables["unknownCountry"].TakeLast(Unknowns.Held).Select(row => row["unknownCountry"])];

    public static readonly string[] StrangeAnimals =
        ["quokka", "axolotl", "okapi", "narwhal", "wombat", "pangolin", "numbat", "tapir", "blorf", "zimmel", "snorkle bug", "gronkat"];

    public static readonly string[] StrangeThings =
        ["sextant", "theremin", "spatulon", "zither", "flanger", "astrolabe", "gizmotron", "trivet", "wobbler", "plectrum"];

    public static readonly string[] Places =
        ["aquarium", "town hall", "bookshop", "sauna", "barber", "planetarium", "bowling alley", "chapel"];

    public static readonly string[] Things = ["pens", "shells", "hats", "coins", "stamps", "spoons", "eggs", "keys"];

    public static readonly string[] Packed = ["a map", "a comb", "a torch", "an apple", "a book", "a scarf", "a whistle", "an orange"];

    public static readonly string[] Begins = ["Well,", "Dear friend,", "Good news:", "Listen up:", "Ahem,", "Here goes:"];

    public static readonly string[] Ends = ["Over and out.", "Cheers!", "That's it.", "Good luck!", "Bye now.", "Hope it helps."];

    /// <summary>A kind for itself each: a good of the shop, in one and in many.</summary>
    public static readonly IReadOnlyList<Slots> Goods = World.ReadTable(CorpusResource.Lines("shop.csv"), "shop.csv");

    /// <summary>A few minutes past an hour, or the hour: 9:40, 7 o'clock.</summary>
    public static string Time(Random random) =>
        random.Chance(0.5) ? $"{random.Next(1, 13)} o'clock" : $"{random.Next(6, 23)}:{random.One(["10", "15", "30", "40", "45"])}";
}
