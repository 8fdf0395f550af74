using LlmRabbitHoles.Chat;
namespace LlmRabbitHoles.Alice;

/// <summary>Makes tasks of three steps over the goods of the shop: look up, look up, calculate.</summary>
internal sealed class PlanTasks(Wordings wordings)
{
    /// <summary>The tools that every task needs.</summary>
    public static readonly string[] Tools = ["calculator", "lookup"];

    private static readonly string[] Forms = ["question", "asked", "asked", "asked", "np", "clause"];
    private static readonly string[] Ands =
        [" and ", " and ", " and ", " and ", " plus ", ", plus ", " & ", " and also ", " together with "];

    private static readonly string[] Ors = [" or ", " or ", " or ", " or maybe ", " or rather "];

    private static readonly string[] Kinds =
        ["total.price", "total.weight", "all.price", "all.weight", "change", "compare.price", "compare.weight", "compare.stock"];

    /// <summary>A task whose figures are drawn anew; the goods are those of training or those held out.</summary>
    public PlanTask Next(Random random, bool heldOut)
    {
        var kind = random.One(Kinds);
        var property = kind.Split('.') is [_, var asked] ? asked : "price";
        var (first, second) = (ToolTasks.Good(random, heldOut), ToolTasks.Good(random, heldOut));
        if (first["item"] == second["item"]) return Next(random, heldOut);
        var (a, b) = (ToolTasks.Amount(property, random), ToolTasks.Amount(property, random));
        if (a == b) return Next(random, heldOut);
        return kind.Split('.')[0] switch
        {
            "total" => Total(kind, property, first, second, a, b, random, heldOut),
            "all" => All(kind, property, first, a, random, heldOut),
            "change" => Change(first, second, a, b, random, heldOut),
            _ => Compare(kind, property, first, second, a, b, random, heldOut),
        };
    }

    private PlanTask Total(string kind, string property, Slots first, Slots second, int a, int b, Random random, bool heldOut)
    {
        var (n1, n2) = heldOut ? (random.Next(2, 10), random.Next(2, 10)) : (Count(random), Count(random));
        var slots = Goods(first, second).With("n1", $"{n1}").With("n2", $"{n2}");
        if (!heldOut) slots["lots"] = Lot(n1, first, random) + random.One(Ands) + Lot(n2, second, random);
        var result = (n1 * a) + (n2 * b);
        return Task(kind, slots, Look(first, property, a), Look(second, property, b), Sum($"{n1} * {a} + {n2} * {b}", result),
            $"Together they {(property == "price" ? $"cost {result} coins" : $"weigh {result} grams")}.", result, random, heldOut);
    }

    private PlanTask All(string kind, string property, Slots good, int a, Random random, bool heldOut)
    {
        var stock = ToolTasks.Amount("stock", random);
        var result = stock * a;
        return Task(kind, Goods(good, good), Look(good, "stock", stock), Look(good, property, a), Sum($"{stock} * {a}", result),
            $"Together they {(property == "price" ? $"cost {result} coins" : $"weigh {result} grams")}.", result, random, heldOut);
    }

    private PlanTask Change(Slots first, Slots second, int a, int b, Random random, bool heldOut)
    {
        var coins = a + b + random.Next(1, 100);
        var result = coins - a - b;
        return Task("change", Goods(first, second).With("coins", $"{coins}"), Look(first, "price", a), Look(second, "price", b),
            Sum($"{coins} - {a} - {b}", result), $"There are {result} coins left.", result, random, heldOut);
    }

    private PlanTask Compare(string kind, string property, Slots first, Slots second, int a, int b, Random random, bool heldOut)
    {
        var (more, less) = a > b ? (first, second) : (second, first);
        var result = Math.Abs(a - b);
        var answer = property switch
        {
            "price" => $"The {more["item"]} costs {result} coins more.",
            "weight" => $"The {more["item"]} weighs {result} grams more.",
            _ => $"There are {result} more {more["plural"]}.",
        };
        return Task(
            kind, Goods(first, second), Look(first, property, a), Look(second, property, b),
            Sum($"{Math.Max(a, b)} - {Math.Min(a, b)}", result), answer, result, random, heldOut) with
        {
            Weighing = Weighed(more),
            Misweighing = Weighed(less),
        };

        string Weighed(Slots good) => $"{a} for {first["item"]}, {b} for {second["item"]}. " +
            $"{Math.Max(a, b)} is more than {Math.Min(a, b)}: {Math.Max(a, b)} for {good["item"]}.";
    }

    private PlanTask Task(string kind, Slots slots, Step first, Step second, Step third, string answer, int result, Random random,
        bool heldOut) => new(
        kind, heldOut ? wordings.Expand($"plan.{kind}.question", slots, random) : Asked(kind, slots, random),
        $"Plan: 1. {first.Words}. 2. {second.Words}. 3. {third.Words}.", "",
        [(first.Call, first.Result), (second.Call, second.Result), (third.Call, third.Result)], answer, $"{result}");

    // In the words of training, as people type them. Goods and figures stay as they are.
    private string Asked(string kind, Slots slots, Random random)
    {
        var (one, two) = (English.WithArticle(slots["item1"]), English.WithArticle(slots["item2"]));
        var and = kind.StartsWith("compare", StringComparison.Ordinal) ? " and " : random.One(Ands);
        slots = slots.With("both", one + and + two).With("either", one + random.One(Ors) + two);
        if (slots.TryGetValue("coins", out var coins) && random.Chance(0.1)) slots["coins"] = Worded(coins);
        // The older wordings have no words for one of a thing.
        var single = slots.GetValueOrDefault("n1") == "1" || slots.GetValueOrDefault("n2") == "1";
        var form = random.One(single ? Forms[1..] : Forms);
        var text = wordings.Expand($"plan.{kind}.{form}", slots, random);
        var question = form is "question" or "asked" ? text : wordings.Expand($"tool.ask.{form}", new Slots { [form] = text }, random);
        string[] kept = [.. slots.Values.Where(value => question.Contains(value, StringComparison.OrdinalIgnoreCase))];
        return ToolTasks.Varied(question, random, kept);
    }

    private static string Worded(string number) =>
        int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) is var n and < 1000 ? English.Number(n) : number;

    // Mostly two to nine, sometimes one or up to a dozen.
    private static int Count(Random random) => random.Chance(0.75) ? random.Next(2, 10) : random.Chance(0.5) ? 1 : random.Next(10, 25);

    // "3 ropes", "three ropes", "a rope", "a dozen ropes".
    private static string Lot(int count, Slots good, Random random) => count switch
    {
        1 => random.Chance(0.7) ? English.WithArticle(good["item"]) : $"one {good["item"]}",
        12 when random.Chance(0.4) => $"a dozen {good["plural"]}",
        6 when random.Chance(0.1) => $"half a dozen {good["plural"]}",
        _ => $"{(random.Chance(0.3) ? English.Number(count) : $"{count}")} {good["plural"]}",
    };

    private static Slots Goods(Slots first, Slots second) => new()
    {
        ["item1"] = first["item"], ["items1"] = first["plural"], ["item2"] = second["item"], ["items2"] = second["plural"],
    };

    private static Step Look(Slots good, string property, int value) => new(
        $"{property} of {good["item"]}", ToolTasks.Call("lookup", ("subject", good["item"]), ("property", property)), $"{value}");

    private static Step Sum(string expression, int result) =>
        new("calculate", ToolTasks.Call("calculator", ("expression", expression)), $"{result}");

    private sealed record Step(string Words, ToolCall Call, string Result);
}
