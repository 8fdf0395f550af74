using LlmRabbitHoles.Chat;
namespace LlmRabbitHoles.Alice;

/// <summary>Makes tasks of three steps over the goods of the shop: look up, look up, calculate.</summary>
internal sealed class PlanTasks(Wordings wordings)
{
    /// <summary>The tools that every task needs.</summary>
    public static readonly string[] Tools = ["calculator", "lookup"];

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
            "total" => Total(kind, property, first, second, a, b, random),
            "all" => All(kind, property, first, a, random),
            "change" => Change(first, second, a, b, random),
            _ => Compare(kind, property, first, second, a, b, random),
        };
    }

    private PlanTask Total(string kind, string property, Slots first, Slots second, int a, int b, Random random)
    {
        var (n1, n2) = (random.Next(2, 10), random.Next(2, 10));
        var slots = Goods(first, second).With("n1", $"{n1}").With("n2", $"{n2}");
        var result = (n1 * a) + (n2 * b);
        return Task(kind, slots, Look(first, property, a), Look(second, property, b), Sum($"{n1} * {a} + {n2} * {b}", result),
            $"Together they {(property == "price" ? $"cost {result} coins" : $"weigh {result} grams")}.", result, random);
    }

    private PlanTask All(string kind, string property, Slots good, int a, Random random)
    {
        var stock = ToolTasks.Amount("stock", random);
        var result = stock * a;
        return Task(kind, Goods(good, good), Look(good, "stock", stock), Look(good, property, a), Sum($"{stock} * {a}", result),
            $"Together they {(property == "price" ? $"cost {result} coins" : $"weigh {result} grams")}.", result, random);
    }

    private PlanTask Change(Slots first, Slots second, int a, int b, Random random)
    {
        var coins = a + b + random.Next(1, 100);
        var result = coins - a - b;
        return Task("change", Goods(first, second).With("coins", $"{coins}"), Look(first, "price", a), Look(second, "price", b),
            Sum($"{coins} - {a} - {b}", result), $"There are {result} coins left.", result, random);
    }

    private PlanTask Compare(string kind, string property, Slots first, Slots second, int a, int b, Random random)
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
            Sum($"{Math.Max(a, b)} - {Math.Min(a, b)}", result), answer, result, random) with
        {
            Weighing = Weighed(more),
            Misweighing = Weighed(less),
        };

        string Weighed(Slots good) => $"{a} for {first["item"]}, {b} for {second["item"]}. " +
            $"{Math.Max(a, b)} is more than {Math.Min(a, b)}: {Math.Max(a, b)} for {good["item"]}.";
    }

    private PlanTask Task(string kind, Slots slots, Step first, Step second, Step third, string answer, int result, Random random) => new(
        kind, wordings.Expand($"plan.{kind}.question", slots, random),
        $"Plan: 1. {first.Words}. 2. {second.Words}. 3. {third.Words}.", "",
        [(first.Call, first.Result), (second.Call, second.Result), (third.Call, third.Result)], answer, $"{result}");

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
