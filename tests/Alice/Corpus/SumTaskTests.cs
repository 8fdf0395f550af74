using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice.Tests;

public partial class SumTaskTests
{
    private static SumTask[] Some(int count)
    {
        var (random, tasks) = (new Random(5), new SumTasks(Wordings.All));
        return [.. Enumerable.Range(0, count).Select(_ => tasks.Next(random))];
    }

    [Fact]
    public void EveryAnswerIsTrue()
    {
        foreach (var task in Some(5000))
        {
            var sides = Answer().Match(task.Answer);
            Assert.True(sides.Success, task.Answer);
            var numbers = sides.Groups["left"].Value.Split(' ');
            var result = int.Parse(numbers[0]);
            for (var i = 1; i < numbers.Length; i += 2)
            {
                var right = int.Parse(numbers[i + 1]);
                result = numbers[i] switch { "+" => result + right, "-" => result - right, "*" => result * right, _ => result / right };
            }
            Assert.Equal($"{result}", sides.Groups["result"].Value);
            Assert.Equal(
                numbers.Contains("/") ? int.Parse(numbers[0]) % int.Parse(numbers[2]) : 0,
                sides.Groups["rest"].Success ? int.Parse(sides.Groups["rest"].Value) : 0);
        }
    }

    [Fact]
    public void ASumOfTwoFiguresInAThoughtIsTrue()
    {
        foreach (var task in Some(2000))
        {
            foreach (Match step in Step().Matches(task.Thought))
            {
                var (a, b, c) = (Value(step, "a"), Value(step, "b"), Value(step, "c"));
                Assert.True(
                    (step.Groups["sign"].Value switch { "+" => a + b, "-" => a - b, "*" => a * b, _ => a / b }) == c, task.Thought);
            }
        }

        static int Value(Match step, string name) => int.Parse(step.Groups[name].Value);
    }

    [Fact]
    public void PeopleAskInManyWays()
    {
        // Without figures and names: what is left is the wording. 10,000 questions have more than 4,000 of them.
        var wordings = Some(10_000).Select(task => Changing().Replace(task.Question, "#")).Distinct().Count();
        Assert.True(wordings > 4000, $"{wordings} wordings");
    }

    [GeneratedRegex(@"^(?<left>\d+( [-+*/] \d+)+) = (?<result>\d+)( rest (?<rest>\d+))?\.$")]
    private static partial Regex Answer();

    [GeneratedRegex(@"(?<![-+*/] )\b(?<a>\d+) (?<sign>[-+*/]) (?<b>\d+) = (?<c>\d+)")]
    private static partial Regex Step();

    [GeneratedRegex(@"\d+|\b[A-Z][a-z]+\b")]
    private static partial Regex Changing();
}
