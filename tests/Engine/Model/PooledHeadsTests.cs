using LlmRabbitHoles.Model;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class PooledHeadsTests
{
    private static readonly DecoderConfig Config = DecoderConfig.Llama(vocabulary: 40, hidden: 32, layers: 2, heads: 8, context: 32);

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void CopiesOfAHeadArePooledWithoutAnyChange(int keyValueHeads)
    {
        using var scope = NewDisposeScope();
        using var model = new LanguageModel(new Decoder(Config with { AttentionBias = true }, new Random(copies: 8 / keyValueHeads)));
        using var pooled = PooledHeads.Pool(model, keyValueHeads);
        int[] text = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(keyValueHeads, pooled.Config.KeyValueHeads);
        Assert.Equal(model.CacheShape.KeyValueHeads * keyValueHeads / 8, pooled.CacheShape.KeyValueHeads);
        Assert.True((model.Logits(text) - pooled.Logits(text)).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void HeadsThatDifferAreMeansAndGiveOtherLogits()
    {
        using var scope = NewDisposeScope();
        using var model = new LanguageModel(new Decoder(Config, new Random(copies: 1)));
        var heads = model.Decoder.state_dict()["layers.1.self_attn.v_proj.weight"].view(8, 4, 32);
        var pooled = new PooledHeads(model.Decoder, 4).Get("layers.1.self_attn.v_proj.weight", 16, 32).view(4, 4, 32);
        Assert.True(((heads[2] + heads[3]) / 2).allclose(pooled[1]));

        using var other = PooledHeads.Pool(model, 4);
        Assert.True((model.Logits([1, 2, 3]) - other.Logits([1, 2, 3])).abs().max().item<float>() > 1e-3f);
    }

    [Fact]
    public void ANumberThatDoesNotDivideTheHeadsIsRefused()
    {
        using var model = new LanguageModel(new Decoder(Config, new Random(copies: 1)));
        Assert.StartsWith("The decoder has 8 key heads, and 3 does not divide them. Take a divisor.",
            Assert.Throws<ArgumentException>(() => PooledHeads.Pool(model, 3)).Message);
    }

    /// <summary>Random weights, in which neighbouring key and value heads are copies.</summary>
    private sealed class Random(int copies) : IWeightSource
    {
        private int _seed;

        public Tensor Get(string name, params long[] shape)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator((ulong)++_seed);
            if (!name.Contains("k_proj", StringComparison.Ordinal) && !name.Contains("v_proj", StringComparison.Ordinal))
                return (randn(shape, generator: generator) * 0.3).DetachFromDisposeScope();
            long[] heads = [8 / copies, 1, 4, .. shape[1..]];
            var different = randn(heads, generator: generator) * 0.3;
            return different.repeat_interleave(copies, dim: 1).reshape(shape).DetachFromDisposeScope();
        }
    }
}
