using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class NumberFormatTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(2048, "2048")]
    [InlineData(12_500_000, "12,500,000")]
    [InlineData(3.14159, "3.142")]
    [InlineData(-12.3456, "-12.35")]
    [InlineData(0.00001234, "1.234×10⁻⁵")]
    [InlineData(1e15, "10¹⁵")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void ANumberHasFourSignificantDigits(double value, string text) => Assert.Equal(text, NumberFormat.Of(value));

    [Fact]
    public void NumbersOfAColumnShareTheirDecimals() => Assert.Equal(["12.35", "3.10", "0.50"], NumberFormat.Column([12.3456, 3.1, 0.5]));

    [Fact]
    public void AColumnHasNoMoreDecimalsThanItNeeds() => Assert.Equal(["1.5", "2.0"], NumberFormat.Column([1.5, 2]));

    [Fact]
    public void ASmallNumberInAColumnIsNeverWrittenAsZero() => Assert.DoesNotContain("0", NumberFormat.Column([0.9, 0.0000021]));

    [Theory]
    [InlineData(0.671, "67.1%")]
    [InlineData(0.0123, "1.23%")]
    [InlineData(0, "0.00%")]
    [InlineData(0.000001, "<0.01%")]
    [InlineData(0.99999, ">99.9%")]
    [InlineData(1, "100.0%")]
    public void APercentageNeverRoundsToCertainty(double fraction, string text) => Assert.Equal(text, NumberFormat.Percent(fraction));
}
