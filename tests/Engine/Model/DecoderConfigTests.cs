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
        Assert.False(Small.AttentionBias || Small.OutputBias || Small.FeedForwardBias || Small.QueryKeyNorm);
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

    [Fact]
    public void ImpossibleScalingIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearRopeScaling(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Llama3RopeScaling(8, 4, 4, 8192));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Llama3RopeScaling(8, 1, 4, 0));
    }
}
