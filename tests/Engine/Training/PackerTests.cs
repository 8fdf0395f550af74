using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Engine.Tests.Training;

public class PackerTests
{
    [Fact]
    public void TargetsAreTheNextTokenWithinTheSameText()
    {
        var batch = First([Text(1, 2, 3), Text(4, 5)], rows: 1, time: 6);

        // The longest that fits comes first: 1 2 3 | 4 5 | padding.
        Assert.Equal([1, 2, 3, 4, 5, 0], batch.Inputs);
        Assert.Equal([2, 3, -100, 5, -100, -100], batch.Targets);
        Assert.Equal([1, 1, 1, 2, 2, 0], batch.Documents);
        Assert.Equal(3, batch.Counted);
    }

    [Fact]
    public void OnlyTokensToBeLearnedCount()
    {
        var batch = First([new Example([1, 2, 3, 4], [false, false, true, true])], rows: 1, time: 4);

        Assert.Equal([-100, 3, 4, -100], batch.Targets);
    }

    [Fact]
    public void ATextLongerThanARowIsCutIntoRows()
    {
        var batch = First([Text(1, 2, 3, 4, 5)], rows: 2, time: 3);

        Assert.Equal([1, 2, 3, 4, 5, 0], batch.Inputs);
    }

    [Fact]
    public void InAnOpenRowAllTextsAreOne()
    {
        var batch = new Packer([Text(1, 2, 3), Text(4, 5)], rows: 1, time: 6, seed: 1, openRows: 1).Batches().First();

        Assert.Equal([1, 1, 1, 1, 1, 0], batch.Documents);
        Assert.Equal([2, 3, -100, 5, -100, -100], batch.Targets);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBatchesAndAnotherDoesNot()
    {
        var texts = Enumerable.Range(0, 50).Select(i => Text(i, i + 1)).ToList();
        long[] Inputs(int seed) => [.. new Packer(texts, 2, 8, seed).Batches().Take(5).SelectMany(b => b.Inputs)];

        Assert.Equal(Inputs(1), Inputs(1));
        Assert.NotEqual(Inputs(1), Inputs(2));
    }

    [Fact]
    public void AnEpochHoldsEveryTextOnce()
    {
        var texts = Enumerable.Range(0, 40).Select(i => Text((2 * i) + 1, (2 * i) + 2)).ToList();

        var batches = new Packer(texts, 4, 20, seed: 1).Batches().Take(1).ToList();      // 4 rows of 10 texts of 2

        Assert.Equal(Enumerable.Range(1, 80).Select(i => (long)i), batches.SelectMany(b => b.Inputs).Order());
    }

    private static PackedBatch First(IReadOnlyList<Example> texts, int rows, int time) =>
        new Packer(texts, rows, time, seed: 1).Batches().First();

    private static Example Text(params int[] tokens) => new(tokens, [.. tokens.Select(_ => true)]);
}
