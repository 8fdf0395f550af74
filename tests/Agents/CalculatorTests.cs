namespace LlmRabbitHoles.Agents.Tests;

public class CalculatorTests
{
    [Theory]
    [InlineData("347 * 28", "9716")]
    [InlineData("2 + 3 * 4", "14")]
    [InlineData("(2 + 3) * 4", "20")]
    [InlineData("20 - 5 - 3", "12")]
    [InlineData("-3 + 10", "7")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("10 / 4", "2.5")]
    [InlineData("1 / 3", "0.333333")]
    public void CalculationsFollowTheRulesOfArithmetic(string expression, string result) => Assert.Equal(result, Calculate(expression));

    [Theory]
    [InlineData("")]
    [InlineData("2 +")]
    [InlineData("(2 + 3")]
    [InlineData("2 3")]
    [InlineData("two plus three")]
    [InlineData("1.2.3")]
    public void MalformedCalculationsAreRefused(string expression) => Assert.Equal(
        $"\"{expression}\" is not a calculation. Use only numbers, + - * / and brackets.",
        Assert.Throws<ToolException>(() => Calculate(expression)).Message);

    [Fact]
    public void DivisionByZeroIsRefused() =>
        Assert.Equal("A number cannot be divided by zero.", Assert.Throws<ToolException>(() => Calculate("1 / (2 - 2)")).Message);

    [Fact]
    public void ResultsThatOverflowAreRefused() =>
        Assert.Equal("The numbers are too large.", Assert.Throws<ToolException>(() => Calculate(new string('9', 28) + " * 1000")).Message);

    [Fact]
    public void BracketsNestedTooDeeplyAreRefused() =>
        Assert.Equal(
            "The calculation nests brackets and signs more than 100 deep.",
            Assert.Throws<ToolException>(() => Calculate(new string('(', 100_000))).Message);

    private static string Calculate(string expression) =>
        new Calculator().Invoke(new Dictionary<string, string> { ["expression"] = expression });
}
