using static LlmRabbitHoles.Lessons.Cells;

namespace LlmRabbitHoles.Lessons.Tests;

public sealed class VectorTests
{
    [Fact]
    public void LengthAngleAndCosineAreThoseOfPaper()
    {
        Assert.Equal(5, Length(new Vector(3, 4)), 1e-6);
        Assert.Equal(0, Cosine(new Vector(1, 0), new Vector(0, 2)), 1e-6);
        Assert.Equal(45, Angle(new Vector(1, 0), new Vector(3, 3)), 1e-4);      // 3, 3 points halfway
        Assert.Equal(-1, Cosine(new Vector(1, 2), new Vector(-2, -4)), 1e-6);
    }

    [Fact]
    public void ArithmeticGoesNumberByNumber()
    {
        Vector a = new(1, 2), b = new(10, 20);
        Assert.Equal([11f, 22f], a + b);
        Assert.Equal([9f, 18f], b - a);
        Assert.Equal([2f, 4f], 2 * a);
        Assert.Equal([0.5f, 1f], a / 2);
        Assert.Equal([4f, 8f], Mean([a, b, new Vector(1, 2)]));                 // 12 / 3, 24 / 3
    }

    [Fact]
    public void RandomNumbersHaveMeanZeroAndSpreadOne()
    {
        var numbers = Vector.Random(20_000, seed: 3);
        // The mean of n numbers of spread 1 has a spread of 1 / sqrt(n), their variance one of sqrt(2 / n); five of them are allowed.
        Assert.Equal(0, numbers.Average(), 5 / Math.Sqrt(20_000));
        Assert.Equal(1, Dot(numbers, numbers) / 20_000, 5 * Math.Sqrt(2.0 / 20_000));
        Assert.Equal(numbers, Vector.Random(20_000, seed: 3));
    }

    [Fact]
    public void ShufflingKeepsTheNumbersAndTheLength()
    {
        var vector = Vector.Random(50, seed: 1);
        var shuffled = vector.Shuffled(seed: 2);
        Assert.NotEqual(vector, shuffled);
        Assert.Equal(vector.Order(), shuffled.Order());
        Assert.Equal(Length(vector), Length(shuffled), 1e-5);
    }

    // From (1, 0): (2, 2) at 45 degrees, (0, 1) at 90, (-3, 0) at 180.
    [Fact]
    public void TheNearestVectorsPointMostTheSameWay()
    {
        Vector[] all = [new Vector(0, 1).Named("up"), new Vector(-3, 0).Named("back"), new Vector(2, 2).Named("aslant")];
        var near = Nearest(new Vector(1, 0), all, count: 2);
        Assert.Equal(["aslant", "up"], near.Select(one => one.Name));
        Assert.Equal([Math.Sqrt(0.5), 0], near.Select(one => Math.Round(one.Cosine, 6)), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void PaperHasTwoNumbersAnArrow() => Assert.Contains("'c' has 3 numbers; paper has two.",
        Assert.Throws<ArgumentException>(() => Arrows("Three", ("c", new Vector(1, 2, 3)))).Message, StringComparison.Ordinal);

    [Fact]
    public void VectorsOfDifferentLengthsAreRefused() => Assert.Equal(
        "One vector has 2 numbers and the other 3. Both need the same count.",
        Assert.Throws<ArgumentException>(() => Dot(new Vector(1, 2), new Vector(1, 2, 3))).Message);
}
