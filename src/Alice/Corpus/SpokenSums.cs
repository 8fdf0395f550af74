using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice;

/// <summary>Calculations as people ask for them, "half of 84", "48x17", "add twelve and 30", and the expression that each means.</summary>
internal sealed class SpokenSums(Wordings wordings)
{
    private static readonly Calculator Calculator = new();
    private static readonly string[] Shares = ["half", "half", "third", "quarter", "double", "double", "triple", "square"];
    private static readonly int[] Percents = [5, 10, 15, 20, 25, 30, 40, 50, 60, 75];

    /// <summary>A calculation that training may use.</summary>
    public SpokenSum Next(Random random) => random.Next(20) switch
    {
        < 13 => Two(random),
        < 15 => Three(random),
        < 18 => Share(random.One(Shares), random),
        18 => Percent(random),
        _ => Decimal(random),
    };

    /// <summary>The last result and one more number: "And times 3?".</summary>
    public SpokenSum After(string result, Random random)
    {
        var (sign, n) = (random.One("+-*".ToCharArray()), random.Next(2, 30));
        return Sum(
            wordings.Expand($"tool.calculator.then.{sign}", new Slots { ["n"] = Written($"{n}", random) }, random), $"{result} {sign} {n}");
    }

    private SpokenSum Two(Random random)
    {
        var sign = random.One("++--***/".ToCharArray());
        WorkedArithmetic drawn;
        do
            drawn = Drawn(sign, random);
        while (drawn.IsHeldOut || (drawn.Left < drawn.Right && sign == '-' && random.Chance(0.9)));
        if (sign != '/' && random.Chance(0.15))
            return Sum(wordings.Expand("tool.calculator.question", drawn.Slots, random), drawn.Text);
        var slots = new Slots { ["left"] = Written($"{drawn.Left}", random), ["right"] = Written($"{drawn.Right}", random) };
        if (random.Chance(0.22))
            return Sum(Framed("do", wordings.Expand($"tool.sum.{sign}.do", slots, random), random), drawn.Text);
        var named = random.Chance(0.25)
            ? wordings.Expand($"tool.sum.{sign}.np", slots, random)
            : Typed(slots["left"], sign, slots["right"], random);
        return Sum(Framed("np", named, random), drawn.Text);
    }

    private static WorkedArithmetic Drawn(char sign, Random random) => sign switch
    {
        '/' when random.Next(2, 31) is var by => new(by * random.Next(2, 100), sign, by),
        '*' => new(Number(random), sign, random.Chance(0.5) ? random.Next(2, 13) : random.Next(2, 100)),
        _ => new(Number(random), sign, Number(random)),
    };

    private static int Number(Random random) => random.Next(20) switch
    {
        < 4 => random.Next(2, 20),
        < 12 => random.Next(10, 100),
        < 19 => random.Next(100, 1000),
        _ => random.Next(1000, 10_000),
    };

    private SpokenSum Three(Random random)
    {
        var (a, b, c) = (random.Next(50, 400), random.Next(2, 100), random.Next(2, 50));
        var (first, second) = (random.One("++-".ToCharArray()), random.One("++-".ToCharArray()));
        var all = first == '+' && second == '+' && random.Chance(0.4);
        var text = all ? random.One([$"{a}, {b} and {c} together", $"the sum of {a}, {b} and {c}", $"{a} and {b} and {c}"])
            : random.Chance(0.5) ? $"{a} {first} {b} {second} {c}"
            : random.Chance(0.4) ? $"{a}{first}{b}{second}{c}"
            : $"{a} {Word(first)} {b} {Word(second)} {c}";
        return all && random.Chance(0.4)
            ? Sum(Framed("do", random.One([$"add {a}, {b} and {c}", $"add up {a}, {b} and {c}"]), random), $"{a} + {b} + {c}")
            : Sum(Framed("np", text, random), $"{a} {first} {b} {second} {c}");
    }

    private SpokenSum Share(string share, Random random)
    {
        var n = random.Next(2, share is "square" ? 100 : 500);
        var (left, expression) = share switch
        {
            "half" => (n * 2, $"{n * 2} / 2"),
            "third" => (n * 3, $"{n * 3} / 3"),
            "quarter" => (n * 4, $"{n * 4} / 4"),
            "double" => (n, $"{n} * 2"),
            "triple" => (n, $"{n} * 3"),
            _ => (n, $"{n} * {n}"),
        };
        var named = wordings.Expand($"tool.sum.{share}", new Slots { ["left"] = Written($"{left}", random) }, random);
        return Sum(Framed("np", named, random), expression);
    }

    private SpokenSum Percent(Random random)
    {
        var (percent, of) = (random.One(Percents), 20 * random.Next(1, 50));
        return Sum(Framed("np", $"{percent}{random.One([" percent", "%", " per cent"])} of {of}", random), $"{of} * {percent} / 100");
    }

    private SpokenSum Decimal(Random random)
    {
        var (a, b) = ($"{random.Next(1, 60)}.{random.Next(1, 10)}", $"{random.Next(1, 40)}.{random.Next(1, 10)}");
        var sign = random.One("+-*".ToCharArray());
        return Sum(Framed("np", Typed(a, sign, b, random), random), $"{a} {sign} {b}");
    }

    private string Framed(string form, string text, Random random) =>
        wordings.Expand(form == "np" ? "tool.calculator.np" : "tool.ask.do", new Slots { [form] = text }, random);

    private static SpokenSum Sum(string question, string expression) =>
        new(question, expression, Calculator.Invoke(new Dictionary<string, string> { ["expression"] = expression }));

    private static string Written(string number, Random random) =>
        number.Length < 4 && random.Chance(0.12)
            ? English.Number(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)) : number;

    // "48 * 17", "48x17", "48 times 17".
    private static string Typed(string left, char sign, string right, Random random)
    {
        if (random.Chance(0.45) || !char.IsDigit(left[^1]) || !char.IsDigit(right[0])) return $"{left} {Spoken(sign, random)} {right}";
        var typed = sign switch
        {
            '*' => random.One(["*", "*", "x", "x", "×", "X"]),
            '/' => random.One(["/", "/", "÷", ":"]),
            '-' => random.One(["-", "-", "-", "−"]),
            _ => "+",
        };
        return random.Chance(0.6) ? $"{left} {typed} {right}" : $"{left}{typed}{right}";
    }

    private static string Spoken(char sign, Random random) => random.Chance(0.7) ? Word(sign) : sign switch
    {
        '*' => "multiplied by",
        '/' => "over",
        '-' => random.One(["less", "take away"]),
        _ => "added to",
    };

    private static string Word(char sign) => sign switch
    {
        '+' => "plus",
        '-' => "minus",
        '*' => "times",
        _ => "divided by",
    };
}

/// <summary>A calculation as it is asked for.</summary>
/// <param name="Question">In everyday words.</param>
/// <param name="Expression">As the calculator reads it.</param>
/// <param name="Result">What the calculator gives.</param>
internal sealed record SpokenSum(string Question, string Expression, string Result);
