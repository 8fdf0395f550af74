namespace LlmRabbitHoles.Alice;

/// <summary>A sum as a person asks for it.</summary>
/// <param name="Question">In figures, in words or as a little story.</param>
/// <param name="Thought">The way to the result.</param>
/// <param name="Answer">The calculation with its result: "15 + 8 = 23."</param>
internal sealed record SumTask(string Question, string Thought, string Answer)
{
    /// <summary>What she says, with her thought or with a closed one.</summary>
    public string Said(bool atOnce) => Conversation.Thought(atOnce ? "" : Thought) + Answer;
}

/// <summary>Makes sums of everyday: of two and three numbers, differences, products, divisions, halves, doubles.</summary>
internal sealed class SumTasks(Wordings wordings)
{
    private static readonly string[] Kinds =
        ["+", "+", "+", "-", "-", "-", "*", "*", "/", "/", "3", "half", "double", "third", "quarter", "triple"];
    private static readonly string[] Relatives =
        ["sister", "brother", "mother", "father", "aunt", "uncle", "cousin", "neighbour", "grandmother", "grandfather", "friend"];

    /// <summary>One task; operands that the evaluation keeps are never drawn.</summary>
    public SumTask Next(Random random)
    {
        while (true)
        {
            var kind = random.One(Kinds);
            WorkedArithmetic[] steps = kind switch
            {
                "+" => [new(Number(random), '+', Number(random))],
                "-" => [Difference(Number(random), Number(random))],
                "*" => [new(Number(random), '*', random.Chance(0.3) ? random.Next(11, 100) : random.Next(2, 10))],
                "/" => [Division(random)],
                "3" => Three(Number(random), Number(random), Number(random)),
                "half" => [new(random.Next(2, 500) * 2, '/', 2)],
                "third" => [new(random.Next(2, 200) * 3, '/', 3)],
                "quarter" => [new(random.Next(2, 200) * 4, '/', 4)],
                "double" => [new(Number(random), '*', 2)],
                _ => [new(Number(random), '*', 3)],
            };
            if (steps.Any(step => step.IsHeldOut || step.Result > 9999 || step.Left < 1 || step.Right < 1)) continue;
            return Task(kind, steps, random);
        }
    }

    private SumTask Task(string kind, WorkedArithmetic[] steps, Random random)
    {
        var inWords = random.Chance(0.14);
        string Written(int n) => inWords && n < 1000 ? English.Number(n) : $"{n}";
        var slots = Characters.Child(random, new Slots { ["left"] = Written(steps[0].Left), ["right"] = Written(steps[0].Right) });
        Characters.AddChild(random, slots, "friend", "friend.", Characters.Boys, Characters.Girls);
        slots["third"] = steps.Length > 1 ? Written(steps[1].Right) : "";
        slots["relative"] = random.One(Relatives);
        var text = steps.Length > 1 ? $"{steps[0].Text} + {steps[1].Right}" : steps[0].Text;
        var answer = steps.Length > 1 ? $"{text} = {steps[1].Result}." : steps[0].Solved + ".";
        var thought = steps.Length > 1 ? $"{text}: {steps[0].Steps} {steps[1].Steps} {steps[1].Result}." : Checked(steps[0], random);
        return new SumTask(Casual.Vary(Question(kind, slots, random), random), thought, answer);
    }

    private string Question(string kind, Slots slots, Random random)
    {
        if (wordings.Has($"sum.story.{kind}") && random.Chance(0.55)) return wordings.Expand($"sum.story.{kind}", slots, random);
        slots["sum"] = wordings.Expand($"sum.{kind}", slots, random);
        return wordings.Expand("sum.ask", slots, random);
    }

    // A division is proved by its product, a difference now and then by its sum.
    private static string Checked(WorkedArithmetic step, Random random) => step.Sign switch
    {
        '/' when step.Rest == 0 => $"{step.Steps} {step.Result} * {step.Right} = {step.Left}.",
        '-' when random.Chance(0.2) => $"{step.Steps} {step.Result} + {step.Right} = {step.Left}.",
        _ => step.Steps,
    };

    private static WorkedArithmetic Difference(int a, int b) => new(Math.Max(a, b), '-', Math.Min(a, b));

    // Mostly one that comes out even.
    private static WorkedArithmetic Division(Random random)
    {
        var by = random.Next(2, 10);
        return new(random.Chance(0.8) ? random.Next(2, random.Chance(0.6) ? 30 : 200) * by : random.Next(by, 300), '/', by);
    }

    private static WorkedArithmetic[] Three(int a, int b, int c) => [new(a, '+', b), new(a + b, '+', c)];

    private static int Number(Random random) => random.NextDouble() switch
    {
        < 0.25 => random.Next(2, 13),
        < 0.75 => random.Next(11, 100),
        _ => random.Next(100, 1000),
    };
}
