namespace LlmRabbitHoles.Training.Tests;

public class PackerTests
{
    [Fact]
    public void TargetsAreTheNextTokenWithinTheSameText()
    {
        var batch = First([Text(1, 2, 3), Text(4, 5)], rows: 1, time: 6);

        // The longest text that fits comes first: 1 2 3 | 4 5 | padding.
        Assert.Equal([1, 2, 3, 4, 5, 0], batch.Inputs);
        Assert.Equal([2, 3, -100, 5, -100, -100], batch.Targets);
        Assert.Equal([1, 1, 1, 2, 2, 0], batch.Documents);
        Assert.Equal(3, batch.TargetCount);
    }

    [Fact]
    public void OnlyLearnedTokensBecomeTargets()
    {
        var batch = First([new Example([1, 2, 3, 4], [false, false, true, true])], rows: 1, time: 4);

        Assert.Equal([-100, 3, 4, -100], batch.Targets);
    }

    [Fact]
    public void ATextLongerThanARowIsSplitIntoRows()
    {
        var batch = First([Text(1, 2, 3, 4, 5)], rows: 2, time: 3);

        Assert.Equal([1, 2, 3, 4, 5, 0], batch.Inputs);
    }

    [Fact]
    public void TheTextsOfAnOpenRowAreOneDocument()
    {
        var batch = new Packer([Text(1, 2, 3), Text(4, 5)], Rows(1, 6), seed: 1, openRows: 1).Batches().First();

        Assert.Equal([1, 1, 1, 1, 1, 0], batch.Documents);
        Assert.Equal([2, 3, -100, 5, -100, -100], batch.Targets);
    }

    [Fact]
    public void TheSameSeedRepeatsTheBatchesAndAnotherSeedDoesNot()
    {
        var texts = Enumerable.Range(0, 50).Select(i => Text(i, i + 1)).ToList();
        long[] Inputs(int seed) => [.. new Packer(texts, Rows(2, 8), seed).Batches().Take(5).SelectMany(b => b.Inputs)];

        Assert.Equal(Inputs(1), Inputs(1));
        Assert.NotEqual(Inputs(1), Inputs(2));
    }

    [Fact]
    public void AnEpochHoldsEveryTextOnce()
    {
        var texts = Enumerable.Range(0, 40).Select(i => Text((2 * i) + 1, (2 * i) + 2)).ToList();

        var batches = new Packer(texts, Rows(4, 20), seed: 1).Batches().Take(1).ToList();      // 4 rows of 10 texts of 2

        Assert.Equal(Enumerable.Range(1, 80).Select(i => (long)i), batches.SelectMany(b => b.Inputs).Order());
    }

    [Fact]
    public void ATextThatIsLongerThanARowWaitsForABatchOfLongRows()
    {
        // Two rows of 4 or one row of 8 make a batch. The text of 7 tokens does not fit into a row of 4.
        var options = Rows(2, 4) with { LongTime = 8 };

        var batches = new Packer([Text(1, 2, 3, 4, 5, 6, 7), Text(8, 9)], options, seed: 1).Batches().Take(2).ToList();

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 0], batches[0].Inputs);      // 7 of 8 tokens are enough for a long batch
        Assert.Equal((1, 8), (batches[0].BatchSize, batches[0].Time));
        Assert.Equal([8, 9], batches[1].Inputs[..2]);
        Assert.Equal((2, 4), (batches[1].BatchSize, batches[1].Time));
    }

    [Fact]
    public void LongTextsComeAsOftenAsShortOnes()
    {
        int Length(int text) => text % 7 == 0 ? 20 : 4;
        var texts = Enumerable.Range(1, 60).Select(i => Text([.. Enumerable.Repeat(i, Length(i))])).ToList();

        var batches = new Packer(texts, Rows(4, 8) with { LongTime = 32 }, seed: 1).Batches().Take(100);
        var counts = batches
            .SelectMany(b => b.Inputs).Where(id => id > 0).GroupBy(id => (int)id).Select(g => (double)g.Count() / Length(g.Key)).ToList();

        // Every text comes once in an epoch, and the next epoch begins after the last text.
        Assert.Equal(60, counts.Count);
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    [Fact]
    public void ThePartsOfABatchHoldItsRowsInOrder()
    {
        var batch = First([Text(1, 2), Text(3, 4), Text(5, 6)], rows: 3, time: 2);

        Assert.Equal<long[]>(batch.Inputs, [.. batch.Part(0, 2).Inputs, .. batch.Part(1, 2).Inputs]);
        Assert.Equal([1, 2], [batch.Part(0, 2).BatchSize, batch.Part(1, 2).BatchSize]);
    }

    [Fact]
    public void TextsWithoutATargetAreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Packer([Text(1), Text(2)], Rows(1, 4), seed: 1));

        Assert.StartsWith(
            "None of the 2 texts has two tokens or more. Add longer texts to train on.", error.Message, StringComparison.Ordinal);
    }

    private static TrainingOptions Rows(int rows, int time) => new() { Rows = rows, Time = time };

    private static PackedBatch First(IReadOnlyList<Example> texts, int rows, int time) =>
        new Packer(texts, Rows(rows, time), seed: 1).Batches().First();

    private static Example Text(params int[] tokens) => new(tokens, [.. tokens.Select(_ => true)]);
}
