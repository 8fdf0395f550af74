using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Makes tasks for tools. What a tool brings back is drawn anew each time, so that only reading it helps.</summary>
internal sealed class ToolTasks(World world, Wordings wordings)
{
    private static readonly WordLists Lists = WordLists.Read("tools");
    private const int HeldOutGoods = 15;
    private static readonly IReadOnlyList<Slots> AllGoods = World.ReadTable(CorpusResource.Lines("shop.csv"), "shop.csv");
    private static readonly Slots[] Goods = [.. AllGoods.SkipLast(HeldOutGoods)];
    private static readonly Slots[] RareGoods = [.. AllGoods.TakeLast(HeldOutGoods)];
    private static readonly string[] Words = [.. Letters.Words.Except(RareGoods.Select(good => good["item"]))];
    private static readonly string[] Weather = ["rain", "sun", "snow", "wind", "fog", "clouds", "a storm", "a clear sky"];
    private static readonly string[] Months = Sequences.Months;
    private static readonly string[] Days = Sequences.Days;
    private static readonly string[] Endings = Lists["endings"];
    private static readonly string[] Sounds = Lists["sounds"];
    private readonly string[] _nouns = [.. world.Tables["noun"].Select(row => row["noun"])];
    private readonly string[] _languages =
        [.. world.Tables["country"].Select(row => row["language"]).Where(l => l.Length > 0 && !l.Contains(' ')).Distinct()];

    /// <summary>All tools that there are tasks for, by name.</summary>
    public static IReadOnlyDictionary<string, ITool> Tools { get; } = new ITool[]
    {
        new Calculator(), new Clock(TimeProvider.System), new Lookup(),
        new NamedTool("weather", "tells the weather in a city", "city"),
        new NamedTool("translate", "translates a word", "word", "language"),
        new NamedTool("timer", "sets a timer", "minutes"),
        new NamedTool("read", "reads a page", "page"),
    }.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>Names of the tools that have tasks here.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["calculator", "calculator", "lookup", "lookup", "clock", "weather", "translate", "timer"];

    /// <summary>Something to look up: {item} {plural}. In training most are any word, one with another ending, a compound or an invented
    /// one, so that no list of goods is learned by heart, and names of several tokens are read to their end.</summary>
    public static Slots Good(Random random, bool heldOut) => heldOut ? random.One(RareGoods) : random.Next(8) switch
    {
        0 => random.One(Goods),
        1 => Named(random.One(Words)),
        2 or 3 => Free(() => Compound(random)),
        4 or 5 => Free(() => Named(random.One(Words) + random.One(Endings))),
        _ => Named(random.Chance(0.5) ? Word(random, random.Next(2, 4)) : Invented.Word(random, heldOut: false)),
    };

    /// <summary>A number such as the shop has for a property: coins up to 99, grams up to 999, pieces up to 99.</summary>
    public static int Amount(string property, Random random) => random.Next(2, property == "weight" ? 1000 : 100);

    /// <summary>A task for one tool.</summary>
    /// <param name="tool">One of <see cref="Names"/>.</param>
    /// <param name="random">Decides everything.</param>
    /// <param name="heldOut">Whether numbers and goods are those that training leaves out.</param>
    public ToolTask Next(string tool, Random random, bool heldOut = false) => tool switch
    {
        "calculator" => Calculation(random, heldOut),
        "clock" => Time(random, heldOut),
        "lookup" => Look(random, heldOut),
        "weather" => Forecast(random, heldOut),
        "translate" => Translation(random, heldOut),
        _ => Timer(random, heldOut),
    };

    // "hair brush", "lampfruit": a common word before another or before a good of the shop.
    private static Slots Compound(Random random)
    {
        var (head, tail) = (
            random.One(Words) + random.One(["", "", "ing ", "er ", "s ", " ", " "]),
            random.Chance(0.5) ? random.One(Goods) : Named(random.One(Words)));
        return new() { ["item"] = head + tail["item"], ["plural"] = head + tail["plural"] };
    }

    private static Slots Named(string word) => new() { ["item"] = word, ["plural"] = English.Plural(word) };

    /// <summary>Draws again until the good is not one that the evaluation keeps.</summary>
    private static Slots Free(Func<Slots> draw)
    {
        while (true)
        {
            var good = draw();
            if (RareGoods.All(rare => rare["item"] != good["item"])) return good;
        }
    }

    private static string Word(Random random, int syllables) =>
        string.Concat(Enumerable.Range(0, syllables).Select(_ => random.One(Sounds)));

    private ToolTask Calculation(Random random, bool heldOut)
    {
        var sign = random.One("+-*".ToCharArray());
        WorkedArithmetic drawn;
        do
            drawn = new WorkedArithmetic(random.Next(10, 1000), sign, random.Next(10, sign == '*' ? 100 : 1000));
        while (drawn.IsHeldOut != heldOut || drawn.Result < 0);
        return Task(
            "tool.calculator", drawn.Slots, Call("calculator", ("expression", drawn.Text)), $"{drawn.Result}",
            $"{drawn.Text} = {drawn.Result}.", random, heldOut);
    }

    private ToolTask Time(Random random, bool heldOut)
    {
        var show = random.One(["time", "time", "date", "day"]);
        var result = show switch
        {
            "time" => $"{random.Next(24):00}:{random.Next(60):00}",
            "date" => $"{random.Next(1, 29)} {random.One(Months)} {random.Next(2020, 2040)}",
            _ => random.One(Days),
        };
        return Task(
            $"tool.clock.{show}", [], Call("clock", ("show", show)), result, show == "time" ? $"It is {result}." : $"Today is {result}.",
            random, heldOut);
    }

    private ToolTask Look(Random random, bool heldOut)
    {
        var (good, property) = (Good(random, heldOut), random.One(["price", "price", "weight", "stock"]));
        var result = Amount(property, random);
        var answer = property switch
        {
            "price" => $"{English.Capitalized(English.WithArticle(good["item"]))} costs {result} coins.",
            "weight" => $"{English.Capitalized(English.WithArticle(good["item"]))} weighs {result} grams.",
            _ => $"There are {result} {good["plural"]}.",
        };
        var call = Call("lookup", ("subject", good["item"]), ("property", property));
        if (random.Chance(0.06))
            return Task(
                $"tool.lookup.{property}", good, call, $"I find no {property} of {good["item"]}.", Unknowns.Answer, random, heldOut);
        return Task($"tool.lookup.{property}", good, call, $"{result}", answer, random, heldOut);
    }

    private ToolTask Forecast(Random random, bool heldOut)
    {
        var city = random.One(world.Tables["country"])["capital"];
        var result = $"{random.One(Weather)}, {random.Next(0, 36)} degrees";
        return Task(
            "tool.weather", new Slots { ["city"] = city }, Call("weather", ("city", city)), result, $"In {city} there is {result}.", random,
            heldOut);
    }

    private ToolTask Translation(Random random, bool heldOut)
    {
        var (noun, language) = (random.One(heldOut || random.Chance(0.5) ? _nouns : Words), random.One(_languages));
        var result = Word(random, random.Next(2, 4));
        return Task(
            "tool.translate", new Slots { ["noun"] = noun, ["language"] = language },
            Call("translate", ("word", noun), ("language", language)),
            result, $"{English.Capitalized(noun)} is {result} in {language}.", random, heldOut);
    }

    private ToolTask Timer(Random random, bool heldOut)
    {
        var minutes = $"{random.Next(2, 91)}";
        return Task(
            "tool.timer", new Slots { ["minutes"] = minutes }, Call("timer", ("minutes", minutes)), "set",
            $"The timer is set to {minutes} minutes.", random, heldOut);
    }

    private ToolTask Task(string topic, Slots slots, ToolCall call, string result, string answer, Random random, bool heldOut)
    {
        var question = wordings.Expand(heldOut && random.Chance(0.5) ? $"{topic}.held-out" : $"{topic}.question", slots, random);
        return new ToolTask(heldOut ? question : Casual.Vary(question, random), call, result, answer);
    }

    public static ToolCall Call(string name, params (string Name, string Value)[] arguments) =>
        new(name, arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal));

    /// <summary>A tool that only has a name here: its results are drawn with the task.</summary>
    private sealed class NamedTool(string name, string description, params string[] parameters) : ITool
    {
        public string Name => name;

        public string Description => description;

        public IReadOnlyList<string> Parameters => parameters;

        public string Invoke(IReadOnlyDictionary<string, string> arguments) => throw new ToolException($"{name} is not connected.");
    }
}

/// <summary>A question that one tool call answers.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Call">The call that is right.</param>
/// <param name="Result">What the tool brings back.</param>
/// <param name="Answer">What is said then.</param>
internal sealed record ToolTask(string Question, ToolCall Call, string Result, string Answer);
