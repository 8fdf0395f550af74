using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Tasks of two look-ups and a calculation in people's own words; the figure is judged.</summary>
internal static class PlanExam
{
    private static readonly ExamWordings Wordings = ExamWordings.Read("planning");

    /// <summary>Every template in turn, asked also with closed thoughts, so that she cannot plan.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        return [.. random.Cycle([.. Wordings.All]).Take(count).Select(template => Case(template, random))
            .OrderBy(test => test.Topic, StringComparer.Ordinal)];
    }

    private static AbilityCase Case(ExamWording template, Random random)
    {
        var (kind, property) = template.Topic.Split('.') is [var first, var asked] ? (first, asked) : (template.Topic, "price");
        var goods = random.Some(ExamValues.Goods, 2);
        var (a, b) = (ToolTasks.Amount(property, random), ToolTasks.Amount(property, random));
        while (b == a) b = ToolTasks.Amount(property, random);
        var stock = ToolTasks.Amount("stock", random);
        var (n1, n2, coins) = (random.Next(2, 10), random.Next(2, 10), a + b + random.Next(1, 100));
        var result = kind switch
        {
            "total" => (n1 * a) + (n2 * b),
            "all" => stock * a,
            "change" => coins - a - b,
            _ => Math.Abs(a - b),
        };
        var slots = new Slots
        {
            ["item1"] = goods[0]["item"], ["items1"] = goods[0]["plural"], ["item2"] = goods[1]["item"], ["items2"] = goods[1]["plural"],
            ["n1"] = $"{n1}", ["n2"] = $"{n2}", ["coins"] = $"{coins}",
        };
        var shop = new Dictionary<(string, string), string>
        {
            [(goods[0]["item"], property)] = $"{a}", [(goods[1]["item"], property)] = $"{b}",
        };
        if (kind == "all") shop[(goods[0]["item"], "stock")] = $"{stock}";
        var planned = new AbilityCase(template.Topic, [new ChatMessage("user", template.Fill(slots, random))],
            said => said.Answer.Numbers().Contains(result))
        {
            Tools = [.. ToolChats.Offer(random, PlanTasks.Tools).Select(tool => tool.Name == "lookup" ? new Shop(shop) : tool)],
            Wanted = $"{result}",
        };
        return planned with { Contrast = planned with { MayThink = false } };
    }

    /// <summary>A look-up over a few drawn figures, in one or in many, in any case.</summary>
    private sealed class Shop(IReadOnlyDictionary<(string Item, string Property), string> figures) : ITool
    {
        public string Name => "lookup";

        public string Description => ToolTasks.Tools["lookup"].Description;

        public IReadOnlyList<string> Parameters => ToolTasks.Tools["lookup"].Parameters;

        public string Invoke(IReadOnlyDictionary<string, string> arguments)
        {
            var (subject, property) = (arguments["subject"].Trim().ToLowerInvariant(), arguments["property"].Trim().ToLowerInvariant());
            return figures.FirstOrDefault(line => line.Key.Item == subject && line.Key.Property == property).Value
                ?? throw new ToolException($"I find no {property} of {subject}.");
        }
    }
}
