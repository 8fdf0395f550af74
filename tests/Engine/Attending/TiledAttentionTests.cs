using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class TiledAttentionTests
{
    // Weighted means of numbers of size 1 to 4 over at most 40 keys: some tens of roundings of 2^-24 each.
    private const float Tolerance = 4e-6f;

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(3, 5, null)]
    [InlineData(5, 3, 4)]
    [InlineData(64, 64, 7)]
    [InlineData(16, 8, 1)]
    public void EveryCutIntoTilesGivesThePlainResult(int queries, int keys, int? window)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(21);
        var (q, k, v) = Heads(generator, batch: 2, heads: 4, kvHeads: 2, time: 33);
        var mask = CausalMask.Create([0], 33, window, ScalarType.Float32, CPU);
        Same(new TiledAttention(queries, keys), q, k, v, new ForwardPass { Mask = mask });
    }

    // Gemma 2's scores: another scale, and a soft cap.
    [Fact]
    public void CappedScoresGiveThePlainResult()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(23);
        var (q, k, v) = Heads(generator, batch: 1, heads: 4, kvHeads: 2, time: 33);
        var mask = CausalMask.Create([0], 33, null, ScalarType.Float32, CPU);
        Same(new TiledAttention(5, 7), q, k, v, new ForwardPass { Mask = mask, Scores = AttentionScores.Of(4, 0.5) });
    }

    [Fact]
    public void RowsOfDifferentLengthsGiveThePlainResult()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(22);
        using var plain = Cache();
        using var tiled = Cache();
        var first = Heads(generator, batch: 2, heads: 4, kvHeads: 2, time: 11);
        foreach (var cache in new[] { plain, tiled })
        {
            cache.Append(0, first.K, first.V);
            cache.Advance([11, 4]);
        }
        var (q, k, v) = Heads(generator, batch: 2, heads: 4, kvHeads: 2, time: 6);
        var mask = CausalMask.Create([11, 4], 6, window: null, ScalarType.Float32, CPU);

        var expected = PlainAttention.Default.Attend(q, k, v, 0, new ForwardPass { Cache = plain, Mask = mask });
        var actual = new TiledAttention(4, 4).Attend(q, k, v, 0, new ForwardPass { Cache = tiled, Mask = mask });

        Assert.True((expected - actual).abs().max().item<float>() < Tolerance);

        static ContiguousCache Cache() => new(new CacheShape(1, 2, 8, ScalarType.Float32, CPU), capacity: 32, batch: 2);
    }

    [Fact]
    public void TheModelHasTheLogitsOfPlainAttention()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var tokens = tensor([1L, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2, 5);
        var plain = model.Decoder.call(tokens, new ForwardPass());
        var tiled = model.Decoder.call(tokens, new ForwardPass { Attention = new TiledAttention(2, 3) });
        Assert.True((plain - tiled).abs().max().item<float>() < 1e-4f);    // logits of 12: two layers of some roundings
    }

    [Fact]
    public void AllTensorsButTheResultAreFreed()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(23);
        var (q, k, v) = Heads(generator, batch: 1, heads: 2, kvHeads: 1, time: 9);
        var mask = CausalMask.Create([0], 9, window: null, ScalarType.Float32, CPU);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var result = new TiledAttention(2, 2).Attend(q, k, v, 0, new ForwardPass { Mask = mask });
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(q.shape, result.shape);
    }

    [Fact]
    public void PagesAreRefused()
    {
        using var scope = NewDisposeScope();
        using var cache = new PagedCache(new CacheShape(1, 2, 4, ScalarType.Float32, CPU), capacity: 8);
        var x = zeros(1, 2, 1, 4);
        Assert.Equal("PagedCache holds its keys in blocks, and TiledAttention reads them as one tensor. Use BlockAttention with it.",
            Assert.Throws<InvalidOperationException>(
                () => new TiledAttention().Attend(x, x, x, 0, new ForwardPass { Cache = cache })).Message);
    }

    private static void Same(TiledAttention kernel, Tensor q, Tensor k, Tensor v, ForwardPass pass)
    {
        var expected = PlainAttention.Default.Attend(q, k, v, 0, pass);
        var actual = kernel.Attend(q, k, v, 0, pass);
        Assert.True((expected - actual).abs().max().item<float>() < Tolerance);
    }

    private static (Tensor Q, Tensor K, Tensor V) Heads(Generator generator, int batch, int heads, int kvHeads, int time) => (
        randn([batch, heads, time, 8], generator: generator), randn([batch, kvHeads, time, 8], generator: generator),
        randn([batch, kvHeads, time, 8], generator: generator));
}
