using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Everyday sums in people's own words, with results from 0 to 999.</summary>
internal static class SumExam
{
    private const int Largest = 999;
    private static readonly ExamWordings Wordings = ExamWordings.Read("thinking");

    /// <summary>Every template in turn, asked also with closed thoughts.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        return [.. random.Cycle([.. Wordings.All]).Take(count).Select(template => Case(template, random))
            .OrderBy(test => test.Topic, StringComparer.Ordinal)];
    }

    /// <summary>A question of one topic with its operands and its result.</summary>
    public static (string Question, int[] Operands, int Result) Ask(ExamWording template, Random random)
    {
        var (operands, result) = Draw(template.Topic, random);
        var inWords = template.Topic.StartsWith("words", StringComparison.Ordinal);
        var slots = new Slots { ["name"] = random.One(ExamValues.Names) };
        foreach (var (index, operand) in operands.Index())
            slots[((char)('a' + index)).ToString()] = inWords ? English.Number(operand) : $"{operand}";
        return (template.Fill(slots, random), operands, result);
    }

    private static AbilityCase Case(ExamWording template, Random random)
    {
        var (question, operands, result) = Ask(template, random);
        var test = new AbilityCase(template.Topic, [new ChatMessage("user", question)], said => said.Answer.GivesResult(result, operands))
        {
            Wanted = $"{result}",
        };
        return test with { Contrast = test with { MayThink = false } };
    }

    private static (int[] Operands, int Result) Draw(string topic, Random random)
    {
        while (true)
        {
            var (a, b, c) = (Number(random), Number(random), random.Next(11, 100));
            var (operands, result) = topic switch
            {
                "sum" => ([a, b], a + b),
                "difference" => ([Math.Max(a, b), Math.Min(a, b)], Math.Abs(a - b)),
                "product" => Product(random),
                "half" => ([a / 2 * 2], a / 2),
                "double" => ([a], 2 * a),
                "three" => ([a % 100, b % 100, c], (a % 100) + (b % 100) + c),
                "division" => Division(random),
                "words.sum" => Small(random, '+'),
                _ => Small(random, '-'),
            };
            if (result is >= 0 and <= Largest && operands.All(operand => operand > 1)) return (operands, result);
        }
    }

    // As in the lessons, most have two digits.
    private static int Number(Random random) => random.Chance(0.75) ? random.Next(11, 100) : random.Next(100, 500);

    private static (int[], int) Product(Random random)
    {
        var (a, b) = (random.Next(11, 100), random.Chance(0.75) ? random.Next(3, 10) : random.Next(11, 32));
        return ([a, b], a * b);
    }

    private static (int[], int) Division(Random random)
    {
        var (by, share) = (random.Next(2, 10), random.Next(2, 31));
        return ([by * share, by], share);
    }

    private static (int[], int) Small(Random random, char sign)
    {
        var (a, b) = (random.Next(2, 21), random.Next(2, 21));
        return sign == '+' ? ([a, b], a + b) : ([Math.Max(a, b), Math.Min(a, b)], Math.Abs(a - b));
    }
}
