using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Requests for tools in people's own words: her own tools, none, one that is missing, and tools that no lesson offers.</summary>
internal static class ToolExam
{
    private static readonly ExamWordings Wordings = ExamWordings.Read("tools");
    private static readonly string[] Weather = ["rain", "sun", "snow", "wind", "fog"];
    private static readonly string[] Nouns = ["dog", "bread", "window", "river", "house", "night", "bird", "chair", "apple", "king"];
    private static readonly string[] Languages = ["French", "Spanish", "Polish", "Greek", "Dutch", "Turkish", "Swedish", "Korean"];
    private static readonly string[] Sounds = ["vako", "telu", "mirsa", "dofen", "grila", "pontu", "sebra", "luni"];

    /// <summary>Of ten cases seven call one of her tools, two need none, and in one the tool is missing.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        using var templates = random.Cycle([.. Wordings.All]).GetEnumerator();
        using var missing = random.Cycle([.. Wordings.All.Where(template => !template.Topic.StartsWith("calc", StringComparison.Ordinal))])
            .GetEnumerator();
        return [.. Enumerable.Range(0, count).Select(index => (index % 10) switch
        {
            < 7 => One(Next(templates), random),
            < 9 => NotNeeded(random),
            _ => Missing(Next(missing), random),
        })];
    }

    /// <summary>One of two to four tools that no lesson offers.</summary>
    public static IReadOnlyList<AbilityCase> NewCases(int seed, int count)
    {
        var random = new Random(seed);
        var requests = ExamTool.All.SelectMany(tool => tool.Requests.Select(request => (tool, request))).ToArray();
        return [.. random.Cycle(requests).Take(count)
            .Select((pair, index) => New(pair.tool, pair.request, isRenamed: index % 4 == 3, random))];
    }

    private static T Next<T>(IEnumerator<T> all) => all.MoveNext() ? all.Current : throw new InvalidOperationException();

    private static AbilityCase One(ExamWording template, Random random)
    {
        var task = Draw(template, random);
        return Called(
            task.Call.Name, task.Question, Offered(task.Call.Name, random), task.Call, task.IsSame, task.Result, task.Keys);
    }

    private static AbilityCase NotNeeded(Random random)
    {
        var asked = FactExam.Next(random, "country.capital", "animal.sound", "coloured.colour", "word.opposite", "country.language");
        return new AbilityCase("none needed", [new ChatMessage("user", asked.Question)],
            said => said.Calls.Count == 0 && said.Malformed == 0 && asked.IsRight(said.Answer))
        {
            Tools = ToolChats.Offer(random, []), Wanted = asked.Wanted,
        };
    }

    private static AbilityCase Missing(ExamWording template, Random random)
    {
        var task = Draw(template, random);
        var offered = ToolChats.Offer(random, []).Where(tool => tool.Name != task.Call.Name && tool.Name != "lookup")
            .Append(ToolTasks.Tools["calculator"]).DistinctBy(tool => tool.Name);
        return new AbilityCase("none fits", [new ChatMessage("user", task.Question)],
            said => said.Calls.Count == 0 && said.Malformed == 0 && said.Answer.HasNoMeans())
        {
            Tools = [.. offered], Wanted = ToolChats.NoTool,
        };
    }

    private static AbilityCase New(ExamTool tool, ExamWording request, bool isRenamed, Random random)
    {
        var slots = new Slots();
        foreach (var parameter in tool.Parameters) slots[parameter] = random.One(tool.Values[parameter]);
        var name = isRenamed ? Invented.Word(random, heldOut: true) : tool.Name;
        var others = random.Some([.. ExamTool.All.Where(other => other != tool)], random.Next(1, 4));
        var call = new ToolCall(name, tool.Parameters.ToDictionary(parameter => parameter, parameter => slots[parameter]));
        var result = tool.Gives.Count > 0 ? random.One(tool.Gives) : "done";
        return Called(
            isRenamed ? "name without meaning" : tool.Parameters.Count > 1 ? "two parameters" : "one parameter",
            request.Fill(slots, random), random.Shuffled<ITool>([tool with { Name = name }, .. others]), call,
            said => HaveSameValues(call, said), result, tool.Gives.Count > 0 ? [result] : []);
    }

    // Case, quotes and a full stop do not make another argument of it.
    private static bool HaveSameValues(ToolCall wanted, ToolCall said) =>
        said.Name == wanted.Name && said.Arguments.Count == wanted.Arguments.Count && wanted.Arguments.All(argument =>
            said.Arguments.TryGetValue(argument.Key, out var value)
            && string.Equals(Bare(value), Bare(argument.Value), StringComparison.OrdinalIgnoreCase));

    private static string Bare(string value) => value.Trim().Trim('"', '\'', '.', ' ');

    private static AbilityCase Called(
        string topic, string question, IReadOnlyList<ITool> offered, ToolCall call, Func<ToolCall, bool> isSame, string result,
        IReadOnlyList<string> keys) =>
        new(topic, [new ChatMessage("user", question)],
            said => said.Malformed == 0 && said.Calls.Count == 1 && isSame(said.Calls[0]) && said.Turns.Count == 3
                && said.Answer.Trim().Length > 0 && !said.Answer.HasWords("no tool") && keys.All(said.Answer.HasContent))
        {
            Tools = [.. offered.Select(tool => new LenientTool(tool, isSame, result))], Wanted = $"{call}; {string.Join(", ", keys)}",
        };

    private static IReadOnlyList<ITool> Offered(string needed, Random random) => ToolChats.Offer(random, [needed]);

    private static Task Draw(ExamWording template, Random random)
    {
        var parts = template.Topic.Split('.');
        var slots = new Slots();
        switch (parts[0])
        {
            case "calculator":
                return Calculation(template, parts[1], random);
            case "clock":
                var now = parts[1] switch
                {
                    "time" => $"{random.Next(24):00}:{random.Next(60):00}",
                    "date" => $"{random.Next(1, 29)} {random.One(ExamValues.Months)} {random.Next(2020, 2040)}",
                    _ => random.One(ExamValues.Days),
                };
                return Simple(template, slots, ToolTasks.Call("clock", ("show", parts[1])), now, [now], random);
            case "lookup":
                var good = random.One(ExamValues.Goods);
                (slots["item"], slots["plural"]) = (good["item"], good["plural"]);
                var amount = $"{ToolTasks.Amount(parts[1], random)}";
                var call = ToolTasks.Call("lookup", ("subject", good["item"]), ("property", parts[1]));
                return Simple(template, slots, call, amount, [amount], random);
            case "weather":
                slots["city"] = random.One(World.Alice.Tables["country"])["capital"];
                var (sky, degrees) = (random.One(Weather), $"{random.Next(0, 36)}");
                return Simple(template, slots, ToolTasks.Call("weather", ("city", slots["city"])), $"{sky}, {degrees} degrees",
                    [sky, degrees], random);
            case "translate":
                (slots["noun"], slots["language"]) = (random.One(Nouns), random.One(Languages));
                var word = random.One(Sounds);
                return Simple(
                    template, slots, ToolTasks.Call("translate", ("word", slots["noun"]), ("language", slots["language"])), word, [word],
                    random);
            default:
                slots["minutes"] = $"{random.Next(2, 91)}";
                return Simple(
                    template, slots, ToolTasks.Call("timer", ("minutes", slots["minutes"])), "set", [slots["minutes"]], random);
        }
    }

    private static Task Simple(
        ExamWording template, Slots slots, ToolCall call, string result, IReadOnlyList<string> keys, Random random) =>
        new(template.Fill(slots, random), call, said => HaveSameValues(call, said), result, keys);

    // Any expression over the same numbers that comes to the same.
    private static Task Calculation(ExamWording template, string kind, Random random)
    {
        var (a, b) = (random.Next(10, 1000), random.Next(10, kind == "times" ? 100 : 1000));
        if (kind == "minus") (a, b) = (Math.Max(a, b), Math.Min(a, b));
        var (sign, result) = kind switch { "plus" => ("+", a + b), "minus" => ("-", a - b), _ => ("*", a * b) };
        var slots = new Slots { ["a"] = $"{a}", ["b"] = $"{b}" };
        return new Task(template.Fill(slots, random), ToolTasks.Call("calculator", ("expression", $"{a} {sign} {b}")), IsSame, $"{result}",
            [$"{result}"]);

        bool IsSame(ToolCall said)
        {
            if (said.Name != "calculator" || !said.Arguments.TryGetValue("expression", out var expression)) return false;
            try
            {
                return expression.Numbers() is [_, _] numbers && numbers.Contains(a) && numbers.Contains(b)
                    && new Calculator().Invoke(said.Arguments) == $"{result}";
            }
            catch (ToolException)
            {
                return false;
            }
        }
    }

    private sealed record Task(string Question, ToolCall Call, Func<ToolCall, bool> IsSame, string Result, IReadOnlyList<string> Keys);

    /// <summary>A tool that gives its prepared result to the right call and fails otherwise.</summary>
    private sealed class LenientTool(ITool form, Func<ToolCall, bool> isRight, string result) : ITool
    {
        public string Name => form.Name;

        public string Description => form.Description;

        public IReadOnlyList<string> Parameters => form.Parameters;

        public string Invoke(IReadOnlyDictionary<string, string> arguments) =>
            isRight(new ToolCall(Name, arguments)) ? result : throw new ToolException("There is no result.");
    }
}
