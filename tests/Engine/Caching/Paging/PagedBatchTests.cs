using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using TorchSharp;

namespace LlmRabbitHoles.Engine.Tests;

public class PagedBatchTests
{
    public static TheoryData<string> ModelNames => GoldenModels.Names;

    /// <summary>The kernels compute the same sums in another order: at most a few units in the last place of the logits' dtype.</summary>
    [Theory, MemberData(nameof(ModelNames))]
    public void EverySubsetOfSequencesReadsAsEachDoesAlone(string name)
    {
        using var model = GoldenModels.Load(name);
        var tokens = GoldenModels.Expected(name).Tokens;
        int[][] texts = [[.. tokens[..9]], [.. tokens[2..7]], [tokens[4]], [.. tokens[1..5]]];
        using var cache = new PagedCache(model.CacheShape, capacity: 32, batch: 5, pageSize: 3);
        var read = new int[texts.Length];

        Step([(3, 2), (0, 4)]);
        Step([(1, 5), (3, 1), (0, 1)]);
        Step([(0, 0), (2, 1), (3, 1)]);
        Step([(0, 4)]);

        // Rows of the cache are not the texts' numbers: 4 holds text 0, 3 holds text 1, ...
        void Step((int Text, int Count)[] pieces)
        {
            using var batch = new PagedBatch(cache, [.. pieces.Select(piece => 4 - piece.Text)]);
            var runner = new ModelRunner(model);
            int[][] rows = [.. pieces.Select(piece => texts[piece.Text][read[piece.Text]..(read[piece.Text] + piece.Count)])];
            var results = runner.Forward(rows, batch, TestContext.Current.CancellationToken);
            foreach (var ((text, count), result) in pieces.Zip(results).Where(piece => piece.First.Count > 0))
            {
                read[text] += count;
                using var alone = model.CreateCache(32);
                var expected = runner.Prefill(texts[text][..read[text]], alone).Logits;
                var tolerance = 1e-4f * expected.Max(MathF.Abs);
                Assert.All(expected.Zip(result.Logits), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            }
            Assert.Equal(pieces.Select(piece => read[piece.Text]), batch.Lengths);
        }
    }

    [Fact]
    public void AFullPoolIsReportedAndLeavesTheOthersAsTheyWere()
    {
        using var model = GoldenModels.Load("llama");
        using var cache = new PagedCache(model.CacheShape, capacity: 32, batch: 2, pageSize: 2, pages: 3);
        using var batch = new PagedBatch(cache, [1, 0]);
        var runner = new ModelRunner(model);
        runner.Forward([[1, 2, 3], []], batch, TestContext.Current.CancellationToken);

        Assert.Throws<CacheFullException>(() => runner.Forward([[4], [5, 6, 7]], batch, TestContext.Current.CancellationToken));

        Assert.Equal([3, 0], batch.Lengths);
    }

    [Fact]
    public void QuantizedPagesAreRefused()
    {
        using var model = GoldenModels.Load("llama");
        using var cache = (PagedCache)model.CreateCache(kind: new QuantizedKind());
        Assert.StartsWith("The pages of this cache are quantized or offloaded",
            Assert.Throws<ArgumentException>(() => new PagedBatch(cache, [0])).Message);
    }

    [Fact]
    public void NoTensorStaysBehind()
    {
        using var model = GoldenModels.Load("llama");
        using var cache = new PagedCache(model.CacheShape, capacity: 32, batch: 2, pageSize: 2);
        var runner = new ModelRunner(model);
        using var batch = new PagedBatch(cache, [0, 1]);
        runner.Forward([[1, 2, 3], [1]], batch, TestContext.Current.CancellationToken);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        runner.Forward([[4], [5]], batch, TestContext.Current.CancellationToken);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
