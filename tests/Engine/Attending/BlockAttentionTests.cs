using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tracing;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class BlockAttentionTests
{
    private static readonly CacheShape Shape = new(Layers: 1, KeyValueHeads: 2, HeadDim: 4, ScalarType.Float32, CPU);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(5, 16)]
    public void EveryCutIntoBlocksGivesThePlainResult(int pageSize, int time)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        var (q, k, v) = (Random(4), Random(2), Random(2));
        var mask = CausalMask.Create([0], time, window: 3, ScalarType.Float32, CPU);
        using var paged = new PagedCache(Shape, capacity: 32, pageSize: pageSize);
        using var whole = new ContiguousCache(Shape, capacity: 32);

        var blocks = BlockAttention.Default.Attend(q, k, v, 0, new ForwardPass { Cache = paged, Mask = mask });
        var plain = PlainAttention.Default.Attend(q, k, v, 0, new ForwardPass { Cache = whole, Mask = mask });

        // Weighted means of numbers of size 1: a handful of roundings of 2^-24 each.
        Assert.True((blocks - plain).abs().max().item<float>() < 2e-6f);

        Tensor Random(int heads) => randn([1, heads, time, 4], generator: generator);
    }

    [Fact]
    public void LogitsOfAThousandDoNotOverflow()
    {
        using var scope = NewDisposeScope();
        using var cache = new PagedCache(Shape, capacity: 8, pageSize: 1);
        var (q, k) = (full([1, 2, 1, 4], 1000f), full([1, 2, 3, 4], 1000f));
        var v = arange(3, dtype: ScalarType.Float32).view(1, 1, 3, 1).expand(1, 2, 3, 4);
        var mean = BlockAttention.Default.Attend(q, k, v, 0, new ForwardPass { Cache = cache });
        Assert.Equal(1f, mean[0, 0, 0, 0].item<float>(), 1e-6f);     // equal logits: the mean of 0, 1 and 2
    }

    [Fact]
    public void TheTracedWeightsAreThePlainOnes()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var tokens = tensor([1L, 2, 3, 4, 5, 6, 7], 1, 7);
        using var plain = new ActivationTrace("layers.1.self_attn.weights");
        using var blocks = new ActivationTrace("layers.1.self_attn.weights");
        using var cache = new PagedCache(model.CacheShape, capacity: 16, pageSize: 2);

        model.Decoder.call(tokens, new ForwardPass { Trace = plain });
        model.Decoder.call(tokens, new ForwardPass { Trace = blocks, Cache = cache });

        var (expected, actual) = (plain["layers.1.self_attn.weights"], blocks["layers.1.self_attn.weights"]);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void AKernelThatDoesNotFitTheCacheSaysWhichDoes()
    {
        using var scope = NewDisposeScope();
        using var cache = new PagedCache(Shape, capacity: 8);
        var x = zeros(1, 2, 1, 4);
        Assert.Equal("PagedCache holds its keys in blocks. Use BlockAttention with it.", Assert.Throws<InvalidOperationException>(
            () => PlainAttention.Default.Attend(x, x, x, 0, new ForwardPass { Cache = cache })).Message);
        Assert.Equal("NoCache has no blocks. Use PlainAttention with it.", Assert.Throws<InvalidOperationException>(
            () => BlockAttention.Default.Attend(x, x, x, 0, new ForwardPass())).Message);
    }
}
