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
    private static readonly string[] Cities = Lists["cities"];
    private static readonly string[] Languages = Lists["languages"];
    private static readonly string[] Phrases = Lists["phrases"];
    private static readonly string[] Shown = ["time", "date", "day"];
    private static readonly string[] Ands = ["and", "and", "and also", "as well as", "plus", "&", "and then"];
    private static readonly string[] Forms = ["question", "asked", "asked", "asked", "np", "np", "clause", "clause", "do", "do"];

    private readonly SpokenSums _sums = new(wordings);
    private readonly string[] _nouns = [.. world.Tables["noun"].Select(row => row["noun"])];
    private readonly string[] _languages =
        [.. world.Tables["country"].Select(row => row["language"]).Where(l => l.Length > 0 && !l.Contains(' ')).Distinct()];

    /// <summary>All tools that there are tasks for, by name.</summary>
    public static IReadOnlyDictionary<string, ITool> Tools { get; } = new ITool[]
    {
        new Calculator(), new Clock(TimeProvider.System), new Lookup(),
        new OfferedTool("weather", "tells the weather in a city", ["city"]),
        new OfferedTool("translate", "translates a word", ["word", "language"]),
        new OfferedTool("timer", "sets a timer", ["minutes"]),
        new OfferedTool("read", "reads a page", ["page"]),
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
        "calculator" when !heldOut => Calculated(_sums.Next(random), random),
        "calculator" => Calculation(random, heldOut),
        "clock" => Time(random, heldOut),
        "lookup" => Look(random, heldOut),
        "weather" => Forecast(random, heldOut),
        "translate" => Translation(random, heldOut),
        _ => Timer(random, heldOut),
    };

    /// <summary>A question that follows a task for the same tool and leaves out what the two share: "and a rope?"; null where nothing
    /// follows.</summary>
    public ToolTask? After(ToolTask task, Random random)
    {
        var told = task.Call.Arguments;
        return task.Call.Name switch
        {
            "calculator" => task.Result.All(char.IsDigit) && task.Result.Length < 5
                ? Calculated(_sums.After(task.Result, random), random) : null,
            "clock" => Time(
                random, false, random.One([.. Shown.Where(show => show != told["show"])]), "tool.then"),
            "lookup" when told["property"] != "stock" && random.Chance(0.35) => Look(
                random, false, new Slots { ["item"] = told["subject"], ["plural"] = told["subject"] },
                told["property"] == "price" ? "weight" : "price", "tool.then"),
            "lookup" => Look(
                random, false, Good(random, heldOut: false), told["property"],
                told["property"] == "stock" ? "tool.then.items" : "tool.then.item"),
            "weather" => Forecast(random, false, "tool.then.city"),
            "translate" => random.Chance(0.6)
                ? Translation(random, false, word: told["word"], follows: "tool.then.language")
                : Translation(random, false, language: told["language"], follows: "tool.then.word"),
            "timer" => Timer(random, false, "tool.then.span"),
            _ => null,
        };
    }

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

    private static ToolTask Calculated(SpokenSum sum, Random random) => new(
        Varied(sum.Question, random, [.. sum.Expression.Split(' ').Where(part => sum.Question.Contains(part, StringComparison.Ordinal))]),
        Call("calculator", ("expression", sum.Expression)), sum.Result, $"{sum.Expression} = {sum.Result}.");

    private ToolTask Time(Random random, bool heldOut, string? shown = null, string follows = "")
    {
        var show = shown ?? random.One(["time", "time", "date", "day"]);
        var result = show switch
        {
            "time" => $"{random.Next(24):00}:{random.Next(60):00}",
            "date" => $"{random.Next(1, 29)} {random.One(Months)} {random.Next(2020, 2040)}",
            _ => random.One(Days),
        };
        return Task(
            $"tool.clock.{show}", [], Call("clock", ("show", show)), result, show == "time" ? $"It is {result}." : $"Today is {result}.",
            random, heldOut, follows.Length > 0 ? $"{follows}.{show}" : "");
    }

    private ToolTask Look(Random random, bool heldOut)
    {
        var good = Good(random, heldOut);
        return Look(random, heldOut, good, random.One(["price", "price", "weight", "stock"]), "");
    }

    private ToolTask Look(Random random, bool heldOut, Slots good, string property, string follows)
    {
        var result = Amount(property, random);
        var answer = property switch
        {
            "price" => $"{English.Capitalized(English.WithArticle(good["item"]))} costs {result} coins.",
            "weight" => $"{English.Capitalized(English.WithArticle(good["item"]))} weighs {result} grams.",
            _ => $"There are {result} {good["plural"]}.",
        };
        var call = Call("lookup", ("subject", good["item"]), ("property", property));
        var (topic, then) = ($"tool.lookup.{property}", follows == "tool.then" ? $"{follows}.{property}" : follows);
        if (random.Chance(0.06))
            return Task(topic, good, call, $"I find no {property} of {good["item"]}.", Unknowns.Answer, random, heldOut, then);
        return Task(topic, good, call, $"{result}", answer, random, heldOut, then);
    }

    private ToolTask Forecast(Random random, bool heldOut, string follows = "")
    {
        var city = heldOut || random.Chance(0.4) ? random.One(world.Tables["country"])["capital"]
            : random.Chance(0.7) ? random.One(Cities) : Invented.Place(random, heldOut: false);
        var result = $"{random.One(Weather)}, {random.Next(0, 36)} degrees";
        return Task(
            "tool.weather", new Slots { ["city"] = city }, Call("weather", ("city", city)), result, $"In {city} there is {result}.", random,
            heldOut, follows);
    }

    private ToolTask Translation(Random random, bool heldOut, string? word = null, string? language = null, string follows = "")
    {
        var noun = word
            ?? (heldOut || random.Chance(0.4) ? random.One(_nouns) : random.Chance(0.75) ? random.One(Words) : Said(random));
        var into = language ?? random.One(heldOut || random.Chance(0.4) ? _languages : Languages);
        var result = Word(random, random.Next(2, 4));
        var typed = heldOut ? noun : random.Next(10) switch
        {
            < 6 => noun,
            < 8 => $"'{noun}'",
            _ => $"\"{noun}\"",
        };
        return Task(
            "tool.translate", new Slots { ["noun"] = typed, ["language"] = into }, Call("translate", ("word", noun), ("language", into)),
            result, $"{English.Capitalized(noun)} is {result} in {into}.", random, heldOut, follows);
    }

    // Two or three words, or one that means nothing.
    private static string Said(Random random) => random.Next(3) switch
    {
        0 => random.One(Phrases),
        1 => Invented.Word(random, heldOut: false),
        _ => Invented.Compound(random),
    };

    private ToolTask Timer(Random random, bool heldOut, string follows = "")
    {
        var minutes = random.Next(2, 91);
        if (!heldOut && random.Chance(0.2)) minutes = random.One([5, 10, 15, 20, 30, 45, 60, 90, 120, 180]);
        var slots = new Slots { ["minutes"] = $"{minutes}" };
        if (!heldOut) (slots["span"], slots["short"]) = Span(minutes, random);
        return Task(
            "tool.timer", slots, Call("timer", ("minutes", $"{minutes}")), "set", $"The timer is set to {minutes} minutes.", random,
            heldOut, follows);
    }

    // "10 minutes" and "10-minute", "half an hour" and "half-hour".
    private static (string Span, string Short) Span(int minutes, Random random)
    {
        var named = minutes switch
        {
            15 => ("a quarter of an hour", "15-minute"),
            30 => ("half an hour", "half-hour"),
            45 => ("three quarters of an hour", "45-minute"),
            60 => (random.One(["an hour", "one hour", "1 hour"]), "one-hour"),
            90 => ("an hour and a half", "90-minute"),
            120 => (random.One(["two hours", "2 hours"]), "two-hour"),
            180 => (random.One(["three hours", "3 hours"]), "three-hour"),
            _ => ("", ""),
        };
        if (named.Item1.Length > 0 && random.Chance(0.6)) return named;
        var written = random.Chance(0.15) ? English.Number(minutes) : $"{minutes}";
        return ($"{written} {random.One(["minutes", "minutes", "minutes", "min", "mins"])}",
            $"{written}{random.One(["-minute", " minute", " min"])}");
    }

    private ToolTask Task(
        string topic, Slots slots, ToolCall call, string result, string answer, Random random, bool heldOut, string follows = "")
    {
        if (heldOut)
        {
            var tidy = wordings.Expand(random.Chance(0.5) ? $"{topic}.held-out" : $"{topic}.question", slots, random);
            return new ToolTask(tidy, call, result, answer);
        }
        var question = follows.Length > 0 ? wordings.Expand(follows, slots, random) : Asked(topic, slots, random);
        string[] kept = [.. slots.Where(slot => slot.Key is not ("short" or "language")).Select(slot => slot.Value)
            .Where(value => question.Contains(value, StringComparison.OrdinalIgnoreCase))];
        return new ToolTask(Varied(question, random, kept), call, result, answer)
        {
            Named = follows.Length == 0 && wordings.Has($"{topic}.np") ? wordings.Expand($"{topic}.np", slots, random) : "",
        };
    }

    /// <summary>Two questions as one: one after the other, or in one sentence.</summary>
    public string Joined(ToolTask first, ToolTask second, Random random)
    {
        if (first.Named.Length > 0 && second.Named.Length > 0 && random.Chance(0.4))
            return wordings.Expand("tool.ask.np", new Slots { ["np"] = $"{first.Named} {random.One(Ands)} {second.Named}" }, random);
        if (random.Chance(0.2)) return $"{first.Question} {second.Question}";
        return $"{first.Question} {wordings.Expand("tool.joined", [], random)} {Lowered(second.Question)}";
    }

    /// <summary>The question as it stands within a sentence.</summary>
    public static string Lowered(string question) =>
        question is ['I', ' ', ..] or ['I', '\'', ..] ? question : char.ToLowerInvariant(question[0]) + question[1..];

    /// <summary>A question in the words of training: whole, or a part such as "the price of a rope" in any frame.</summary>
    private string Asked(string topic, Slots slots, Random random)
    {
        string[] forms = [.. Forms.Where(form => wordings.Has($"{topic}.{form}"))];
        while (true)
        {
            var form = random.One(forms);
            var text = wordings.Expand($"{topic}.{form}", slots, random);
            var question = form is "question" or "asked" ? text : wordings.Expand($"tool.ask.{form}", new Slots { [form] = text }, random);
            if (!HeldOutToolQuestions.Match(question)) return question;
        }
    }

    /// <summary>The question as people type it, with all that a call must copy still in it, in any case.</summary>
    public static string Varied(
        string question, Random random, IReadOnlyList<string> kept, StringComparison comparison = StringComparison.OrdinalIgnoreCase)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            var varied = Casual.Vary(question, random);
            if (kept.All(value => varied.Contains(value, comparison))) return varied;
        }
        return question;
    }

    public static ToolCall Call(string name, params (string Name, string Value)[] arguments) =>
        new(name, arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal));
}

/// <summary>A question that one tool call answers.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Call">The call that is right.</param>
/// <param name="Result">What the tool brings back.</param>
/// <param name="Answer">What is said then.</param>
internal sealed record ToolTask(string Question, ToolCall Call, string Result, string Answer)
{
    /// <summary>What is asked for, such as "the price of a rope"; empty where no such words exist.</summary>
    public string Named { get; init; } = "";
}
