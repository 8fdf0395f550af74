namespace LlmRabbitHoles.Alice.Tests;

public class WorkedArithmeticTests
{
    [Theory]
    [InlineData(347, '+', 285, "347 + 285: 7 + 5 = 12, 4 + 8 + 1 = 13, 3 + 2 + 1 = 6. 632.")]
    [InlineData(98, '+', 7, "98 + 7: 8 + 7 = 15, 9 + 0 + 1 = 10. 105.")]
    [InlineData(632, '-', 285, "632 - 285: 12 - 5 = 7, 13 - 8 - 1 = 4, 6 - 2 - 1 = 3. 347.")]
    [InlineData(100, '-', 1, "100 - 1: 10 - 1 = 9, 10 - 0 - 1 = 9, 1 - 0 - 1 = 0. 99.")]
    [InlineData(347, '*', 6, "347 * 6: 7 * 6 = 42, 4 * 6 + 4 = 28, 3 * 6 + 2 = 20. 2082.")]
    [InlineData(84, '/', 7, "84 / 7: 8 / 7 = 1 rest 1, 14 / 7 = 2. 12.")]
    [InlineData(615, '/', 3, "615 / 3: 6 / 3 = 2, 1 / 3 = 0 rest 1, 15 / 3 = 5. 205.")]
    [InlineData(125, '/', 6, "125 / 6: 12 / 6 = 2, 5 / 6 = 0 rest 5. 20.")]
    [InlineData(47, '*', 23, "47 * 23: 47 * 3: 7 * 3 = 21, 4 * 3 + 2 = 14. 141. 47 * 2: 7 * 2 = 14, 4 * 2 + 1 = 9. 94. " +
        "141 + 940: 1 + 0 = 1, 4 + 4 = 8, 1 + 9 = 10. 1081. 1081.")]
    public void TheMethodIsTheOneTaughtAtSchool(int left, char sign, int right, string steps) =>
        Assert.Equal(steps, new WorkedArithmetic(left, sign, right).Steps);

    [Fact]
    public void EveryStepAndResultIsTrue()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var drawn = WorkedArithmetic.Next(random, heldOut: i % 2 == 0);
            var (steps, result) = drawn.Steps.Split(": ")[1].Split(". ") is [var first, var last]
                ? (first, last)
                : throw new InvalidDataException(drawn.Steps);
            var tool = new LlmRabbitHoles.Agents.Calculator();
            foreach (var step in steps.Split(", ").Select(s => s.Split(" = ")))
                Assert.Equal(tool.Invoke(new Dictionary<string, string> { ["expression"] = step[0] }), step[1]);
            Assert.Equal($"{drawn.Result}.", result);
            Assert.Equal(i % 2 == 0, drawn.IsHeldOut);
        }
    }

    [Fact]
    public void AboutOneCalculationInEightIsHeldOut()
    {
        var held = Enumerable.Range(100, 900)
            .SelectMany(a => "+-*".Select(sign => new WorkedArithmetic(a, sign, 7).IsHeldOut)).Count(h => h);
        Assert.InRange(held / 2700.0, 0.1, 0.15);
    }
}
