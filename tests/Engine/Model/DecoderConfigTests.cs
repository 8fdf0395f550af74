using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class DecoderConfigTests
{
    private static readonly DecoderConfig Small = DecoderConfig.Llama(vocabulary: 100, hidden: 48, layers: 2, heads: 6, keyValueHeads: 2);

    [Fact]
    public void LlamaSettings()
    {
        Assert.Equal(
            (NormKind.RmsNorm, PositionKind.Rotary, ActivationKind.SwiGlu, true),
            (Small.Norm, Small.Positions, Small.Activation, Small.TiedEmbeddings));
        Assert.Equal(
            (8, 128, 48, 16, 3), (Small.HeadDim, Small.FeedForwardSize, Small.QueryWidth, Small.KeyValueWidth, Small.QueriesPerKey));
        Assert.False(Small.AttentionBias || Small.OutputBias || Small.FeedForwardBias);
        Assert.Equal(QueryKeyNorm.None, Small.QueryKeyNorm);
        Assert.True(Small.Activation.IsGated());
    }

    [Fact]
    public void Gpt2Settings()
    {
        var config = DecoderConfig.Gpt2(vocabulary: 100, hidden: 48, layers: 2, heads: 6);
        Assert.Equal(
            (NormKind.LayerNorm, PositionKind.Learned, ActivationKind.GeluTanh, 192),
            (config.Norm, config.Positions, config.Activation, config.FeedForwardSize));
        Assert.True(config.AttentionBias && config.OutputBias && config.FeedForwardBias && config.TiedEmbeddings);
        Assert.False(config.Activation.IsGated());
    }

    [Fact]
    public void ImpossibleSizesAreRefusedAlsoByWith()
    {
        Assert.Contains("Layers must be 1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => Small with { Layers = 0 }).Message);
        Assert.Contains(
            "SlidingWindow must be 1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => Small with { SlidingWindow = -1 }).Message);
        Assert.Contains(
            "NormEpsilon must be finite",
            Assert.Throws<ArgumentOutOfRangeException>(() => Small with { NormEpsilon = double.NaN }).Message);
    }

    [Fact]
    public void SizesThatDoNotFitTogetherAreRefused()
    {
        Assert.Contains(
            "KeyValueHeads is 4; it must divide Heads (6)",
            Assert.Throws<ArgumentException>(() => (Small with { KeyValueHeads = 4 }).Validate()).Message);
        Assert.Contains(
            "HeadDim is 7; rotary positions turn channels in pairs",
            Assert.Throws<ArgumentException>(() => (Small with { HeadDim = 7 }).Validate()).Message);
        Assert.Contains("HiddenSize is 50; it must be a multiple of Heads (6)",
            Assert.Throws<ArgumentException>(() => DecoderConfig.Llama(vocabulary: 100, hidden: 50, layers: 2, heads: 6)).Message);
    }

    [Fact]
    public void LinearScalingDividesEveryFrequency() => Assert.Equal(0.25, Assert.Single(new LinearRopeScaling(4).Scale([1])));

    // Over 8192 positions a pair of frequency f makes 8192 f / 2pi turns: fewer than 1 is divided by 8, more than 4 is left;
    // 2.5 turns stand half-way: (f / 8 + f) / 2 = 9/16 f.
    [Fact]
    public void Llama3ScalingDividesSlowPairsLeavesFastOnesAndBlendsBetween()
    {
        var scaling = new Llama3RopeScaling(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192);
        double Turns(double turns) => turns * 2 * Math.PI / 8192;
        var scaled = scaling.Scale([Turns(0.5), Turns(5), Turns(2.5)]);
        Assert.Equal(Turns(0.5) / 8, scaled[0], 1e-15);
        Assert.Equal(Turns(5), scaled[1], 1e-15);
        Assert.Equal(Turns(2.5) * 9 / 16, scaled[2], 1e-15);
    }

    // Three texts of 100, 200 and 150 tokens over a context of 100 with factor 3: stretch 3 x 2 - 2 = 4 and 3 x 1.5 - 2 = 2.5; of three
    // pairs the first stays, the second is slower by its root, the last by all of it.
    [Fact]
    public void DynamicScalingBeginsBeyondTheContextOfPretraining()
    {
        var scaling = new DynamicRopeScaling(3, 100);
        Assert.Equal([1, 0.5, 0.25], scaling.Scale([1, 0.5, 0.25], 100));
        Assert.Equal([1, 0.25, 0.0625], scaling.Scale([1, 0.5, 0.25], 200));
        Assert.Equal(0.1, scaling.Scale([1, 0.5, 0.25], 150)[2], 1e-15);
    }

    // Frequencies fall tenfold; over 2000 pi tokens pairs turn 1000, 100, 10 and 1 times. 99.5 turns lie behind pair 1, 1.01 turns before
    // pair 3, and the blend goes from pair 1 to pair 3, where pair 2 stands half-way: (1/5 + 1) / 2 = 0.6.
    [Fact]
    public void YarnLeavesFastPairsDividesSlowOnesAndBlendsBetweenByPlace()
    {
        var scaled = new YarnRopeScaling(5, 6283, betaFast: 99.5, betaSlow: 1.01).Scale([1, 0.1, 0.01, 0.001]);
        Assert.All(new[] { 1, 0.1, 0.006, 0.0002 }.Zip(scaled), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal((0.1 * Math.Log(5)) + 1, new YarnRopeScaling(5, 6283).Magnitude);
        Assert.Equal(1, new YarnRopeScaling(1, 6283).Magnitude);
    }

    [Fact]
    public void LongRopeTakesOtherFactorsBeyondTheContextOfPretraining()
    {
        var scaling = new LongRopeScaling(8, 512, [1, 2], [4, 8]);
        Assert.Equal([1, 0.25], scaling.Scale([1, 0.5], 512));
        Assert.Equal([0.25, 0.0625], scaling.Scale([1, 0.5], 513));
        Assert.Equal(scaling, new LongRopeScaling(8, 512, [1, 2], [4, 8]));
        Assert.NotEqual(scaling, new LongRopeScaling(8, 512, [1, 2], [4, 9]));
    }

    [Fact]
    public void ImpossibleScalingIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicRopeScaling(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new YarnRopeScaling(2, 512, betaFast: 1, betaSlow: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new YarnRopeScaling(2, 512, magnitude: 0));
        Assert.Throws<ArgumentException>(() => new LongRopeScaling(2, 512, [1, 2], [1]));
        Assert.Contains("RotaryDim is 10; it must be even and at most HeadDim (8)",
            Assert.Throws<ArgumentException>(() => (Small with { RotaryDim = 10 }).Validate()).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearRopeScaling(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Llama3RopeScaling(8, 4, 4, 8192));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Llama3RopeScaling(8, 1, 4, 0));
    }
}
