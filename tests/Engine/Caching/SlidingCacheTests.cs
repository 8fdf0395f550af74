using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class SlidingCacheTests
{
    [Fact]
    public void ALongTextSeesTheSinksAndTheWindow()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        int[] text = [.. Enumerable.Range(0, 20).Select(i => (i * 7) % 30)];
        using var cache = new SlidingCache(model.CacheShape, capacity: 64, window: 5, sinks: 2, pageSize: 2);
        var runner = new ModelRunner(model);
        ForwardResult? step = null;
        foreach (var token in text) step = runner.Decode(token, cache);

        // The same without a cache: token t sees 0, 1 and t - 4 to t.
        var (query, key) = (arange(20).view(-1, 1), arange(20).view(1, -1));
        var closed = (key >= 2).logical_and(key <= query - 5);
        var mask = zeros(20, 20).masked_fill_(closed, float.NegativeInfinity).view(1, 1, 20, 20);
        var whole = model.Decoder.call(tensor(text.Select(id => (long)id).ToArray(), 1, 20), new ForwardPass { Mask = mask });

        var expected = whole[0, -1].data<float>().ToArray();
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], step!.Logits[i], 1e-4);
    }

    [Fact]
    public void MemoryStaysTheSameHoweverLongTheTextBecomes()
    {
        using var scope = NewDisposeScope();
        using var cache = new SlidingCache(
            new CacheShape(1, 1, 2, ScalarType.Float32, CPU), capacity: 10_000, window: 8, sinks: 2, pageSize: 4);
        var one = zeros(1, 1, 1, 2);
        for (var i = 0; i < 1000; i++)
        {
            cache.Write(0, one, one);
            cache.Advance([1]);
        }
        Assert.Equal(1000, ((IKeyValueCache)cache).Length);
        // The page of the sinks and the pages that 8 tokens can touch: 4 pages of 4 tokens of 16 bytes at most.
        Assert.InRange(cache.UsedBytes, 10 * 16, 4 * 4 * 16);
        Assert.InRange(cache.ReservedBytes, 10 * 16, 8 * 4 * 16);
    }

    [Fact]
    public void GoingBackBehindForgottenTokensIsRefused()
    {
        using var scope = NewDisposeScope();
        using var cache = new SlidingCache(new CacheShape(1, 1, 2, ScalarType.Float32, CPU), capacity: 64, window: 4, sinks: 2);
        var many = zeros(1, 1, 20, 2);
        cache.Write(0, many, many);
        cache.Advance([20]);
        var error = Assert.Throws<InvalidOperationException>(() => cache.Truncate(sequence: 0, length: 10));
        Assert.StartsWith("Sequence 0 has forgotten its tokens from 2 to 16, so it cannot end at 10.", error.Message);
        cache.Truncate(sequence: 0, length: 0);
        Assert.Equal(0, cache.UsedBytes);
    }
}
