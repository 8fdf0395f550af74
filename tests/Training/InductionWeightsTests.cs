using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class InductionWeightsTests
{
    private const int Vocabulary = 512;
    private const int Half = 64;

    private static readonly DecoderConfig Config =
        DecoderConfig.Llama(Vocabulary, hidden: 192, layers: 3, heads: 6, keyValueHeads: 2, context: 2 * Half) with { RopeTheta = 1e6 };

    [Fact]
    public void RepeatedRandomTokensAreCopiedBeforeTraining()
    {
        // The text is 64 random tokens, twice. A random guess is right once in 512.
        Assert.InRange(ShareCopied(random => new InductionWeights(Config, random)), 0.7, 1);
        Assert.InRange(ShareCopied(random => random), 0, 0.1);
    }

    [Theory]
    [InlineData(192, 6, 2, true)]
    [InlineData(96, 6, 2, true)]
    [InlineData(64, 4, 2, false)]       // 4 x 16 components and the constant do not fit into 64
    [InlineData(192, 6, 1, false)]      // one key head
    public void TheCircuitFitsOnlyWithEnoughWidthAndTwoKeyHeads(int hidden, int heads, int keyValueHeads, bool fits) =>
        Assert.Equal(fits, InductionWeights.Fit(DecoderConfig.Llama(Vocabulary, hidden, layers: 2, heads, keyValueHeads)));

    private static double ShareCopied(Func<IWeightSource, IWeightSource> weights)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var random = new InitialWeights(seed: 1);
        using var decoder = new Decoder(Config, weights(random));
        var seeded = new Random(1);
        var half = Enumerable.Range(0, Half).Select(_ => (long)seeded.Next(Vocabulary)).ToArray();
        var predicted = decoder.call(tensor([.. half, .. half], 1, 2 * Half), new ForwardPass()).argmax(-1).data<long>().ToArray();
        return Enumerable.Range(Half, Half - 1).Count(place => predicted[place] == half[place - Half + 1]) / (Half - 1.0);
    }
}
