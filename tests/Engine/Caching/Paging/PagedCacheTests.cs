using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class PagedCacheTests
{
    private static readonly CacheShape Shape = new(Layers: 1, KeyValueHeads: 1, HeadDim: 2, ScalarType.Float32, CPU);

    [Fact]
    public void FiveTokensTakeThreePagesOfTwo()
    {
        using var cache = new PagedCache(Shape, capacity: 8, pageSize: 2);
        Read(cache, 5);
        Assert.Equal(3, cache.UsedPages);
        Assert.Equal(1 / 6.0, cache.Waste, 1e-12);       // 5 of 6 slots hold a token
        Assert.Equal(5 * 16, cache.UsedBytes);           // key and value, 2 numbers each, 4 bytes
        cache.Truncate(sequence: 0, length: 2);
        Assert.Equal((1, 0.0), (cache.UsedPages, cache.Waste));
    }

    [Fact]
    public void AForkSharesItsPagesUntilItWrites()
    {
        using var cache = new PagedCache(Shape, capacity: 8, batch: 2, pageSize: 2);
        Read(cache, [3, 0]);
        cache.Fork(from: 0, to: 1);
        Assert.Equal(2, cache.UsedPages);

        Read(cache, [1, 1]);                              // the half-filled page is copied for the one that writes to it first

        Assert.Equal(3, cache.UsedPages);
        Assert.Equal(cache.Tables[0][0], cache.Tables[1][0]);
        Assert.NotEqual(cache.Tables[0][1], cache.Tables[1][1]);
        ((IKeyValueCache)cache).Truncate(0);
        Assert.Equal(0, cache.UsedPages);
    }

    [Fact]
    public void AForkContinuesAsTheFirstWouldHave()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var runner = new ModelRunner(model);
        using var cache = new PagedCache(model.CacheShape, capacity: 32, batch: 2, pageSize: 4);
        runner.Forward([[1, 2, 3, 4, 5, 6], []], cache, TestContext.Current.CancellationToken);
        cache.Fork(from: 0, to: 1);

        var read = runner.Forward([[7, 8], [9, 10, 11]], cache, TestContext.Current.CancellationToken);

        AssertRow(model.Logits([1, 2, 3, 4, 5, 6, 7, 8]), read[0].Logits);
        AssertRow(model.Logits([1, 2, 3, 4, 5, 6, 9, 10, 11]), read[1].Logits);
    }

    [Fact]
    public void AnAdoptedBeginningGivesTheLogitsOfTheWholeText()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var runner = new ModelRunner(model);
        int[] first = [1, 2, 3, 4, 5, 6, 7, 8, 9], second = [1, 2, 3, 4, 5, 6, 7, 8, 20, 21];
        using var cache = new PagedCache(model.CacheShape, capacity: 32, pageSize: 4);
        runner.Prefill(first, cache);
        cache.Publish(sequence: 0, first);
        cache.Truncate(sequence: 0, length: 0);

        var held = cache.Adopt(sequence: 0, second);
        var step = runner.Prefill(second[held..], cache);

        Assert.Equal(8, held);                            // two whole pages; the ninth token is another
        AssertRow(model.Logits(second), step.Logits);
    }

    [Fact]
    public void TheLastTokenOfATextIsNeverAdopted()
    {
        using var cache = new PagedCache(Shape, capacity: 8, pageSize: 2);
        Read(cache, 4);
        cache.Publish(0, [1, 2, 3, 4]);
        cache.Truncate(0, 0);
        Assert.Equal(2, cache.Adopt(0, [1, 2, 3, 4]));
    }

    [Fact]
    public void ADifferentBeginningMakesEveryLaterPageDifferent()
    {
        using var cache = new PagedCache(Shape, capacity: 8, pageSize: 2);
        Read(cache, 4);
        cache.Publish(0, [1, 2, 3, 4]);
        cache.Truncate(0, 0);
        Assert.Equal(0, cache.Adopt(0, [9, 2, 3, 4, 5]));
    }

    [Fact]
    public void ThePublishedPageUsedLongestAgoIsGivenAwayFirst()
    {
        using var cache = new PagedCache(Shape, capacity: 4, pageSize: 2, pages: 2);
        ReadAndPublish(cache, [1, 2]);
        ReadAndPublish(cache, [3, 4]);

        ReadAndPublish(cache, [5, 6]);

        Assert.Equal(1, cache.Evictions);
        Assert.Equal(0, cache.Adopt(0, [1, 2, 9]));
        Assert.Equal(2, cache.Adopt(0, [3, 4, 9]));
    }

    [Fact]
    public void AFullPoolRefusesWithTheWayOut()
    {
        using var cache = new PagedCache(Shape, capacity: 8, batch: 2, pageSize: 2, pages: 3);
        var error = Assert.Throws<CacheFullException>(() => Read(cache, 4));
        Assert.Equal("All 3 pages of the cache are in use. Create it with a larger capacity, or end a sequence first.", error.Message);
    }

    [Fact]
    public void AnyOrderOfPagesGivesTheSameLogits()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var runner = new ModelRunner(model);
        int[] text = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        using var cache = new PagedCache(model.CacheShape, capacity: 16, batch: 2, pageSize: 2);
        for (var i = 0; i < 3; i++) runner.Forward([[1, 2], [3, 4]], cache, TestContext.Current.CancellationToken);
        ((IKeyValueCache)cache).Truncate(0);              // the pages of both, which alternate, are free in another order
        runner.Forward([text[..8], []], cache, TestContext.Current.CancellationToken);

        Assert.NotEqual(cache.Tables[0].Order(), cache.Tables[0]);
        var last = runner.Forward([[text[8]], []], cache, TestContext.Current.CancellationToken);

        AssertRow(model.Logits(text), last[0].Logits);
    }

    [Fact]
    public void NoPageIsLostInAThousandRandomSteps()
    {
        var random = new Random(5);
        using var cache = new PagedCache(Shape, capacity: 24, batch: 4, pageSize: 3, pages: 24);
        var texts = Enumerable.Range(0, 4).Select(_ => new List<int>()).ToArray();
        for (var step = 0; step < 1000; step++)
        {
            var row = random.Next(4);
            switch (random.Next(4))
            {
                case 0 when cache.Lengths[row] > 0:
                    var length = random.Next(cache.Lengths[row]);
                    cache.Truncate(row, length);
                    texts[row].RemoveRange(length, texts[row].Count - length);
                    break;
                case 1:
                    cache.Publish(row, texts[row]);
                    break;
                case 2 when cache.Lengths[row] == 0:
                    int[] wanted = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(2))];
                    texts[row].AddRange(wanted[..cache.Adopt(row, wanted)]);
                    break;
                default:
                    if (cache.Lengths.Max() > 20) break;
                    var counts = new int[4];
                    counts[row] = random.Next(1, 4);
                    if (cache.AvailablePages < 8) break;
                    texts[row].AddRange(Enumerable.Range(0, counts[row]).Select(_ => random.Next(2)));
                    Read(cache, counts);
                    break;
            }
            Assert.Equal(texts.Select(text => text.Count), cache.Lengths);
            Assert.Equal(cache.Tables.SelectMany(table => table).Distinct().Count(), cache.UsedPages);
            Assert.Equal(cache.PageCount, cache.UsedPages + cache.AvailablePages);
        }
        ((IKeyValueCache)cache).Truncate(0);
        Assert.Equal((0, cache.PageCount), (cache.UsedPages, cache.AvailablePages));
    }

    /// <summary>Random reads leave what the cache held in order: the keys are their own positions.</summary>
    [Fact]
    public void BlocksComeInTheOrderOfTheirPositions()
    {
        using var scope = NewDisposeScope();
        using var cache = new PagedCache(Shape, capacity: 32, batch: 2, pageSize: 3);
        for (var at = 0; at < 28; at += 4)
        {
            var keys = arange(at, at + 4, dtype: ScalarType.Float32).view(1, 1, 4, 1).expand(2, 1, 4, 2);
            cache.Write(0, keys, keys);
            cache.Advance([4, 4]);
        }
        var blocks = cache.Blocks(0, sequence: 1, time: 0).ToArray();
        var read = cat([.. blocks.Select(block => block.Keys)], 1)[0, TensorIndex.Colon, 0].data<float>().ToArray();
        Assert.Equal(Enumerable.Range(0, 28).Select(position => (float)position), read);
        Assert.All(blocks, block => Assert.Equal(block.Start, block.Keys[0, 0, 0].item<float>()));
    }

    private static void ReadAndPublish(PagedCache cache, int[] tokens)
    {
        Read(cache, tokens.Length);
        cache.Publish(0, tokens);
        cache.Truncate(0, 0);
    }

    private static void Read(PagedCache cache, int count) => Read(cache, [count, .. new int[cache.Lengths.Count - 1]]);

    private static void Read(PagedCache cache, int[] counts)
    {
        using var scope = NewDisposeScope();
        var tensor = zeros(counts.Length, 1, counts.Max(), 2);
        cache.Write(0, tensor, tensor);
        cache.Advance(counts);
    }

    private static void AssertRow(Tensor logits, float[] actual)
    {
        var expected = logits[-1].data<float>().ToArray();
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4);
    }
}
