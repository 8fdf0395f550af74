using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class PreferenceObjectiveTests
{
    private static readonly DecoderConfig Tiny =
        DecoderConfig.Llama(vocabulary: 16, hidden: 32, layers: 2, heads: 4, keyValueHeads: 2, context: 32);
    private static readonly TrainingOptions Options =
        new() { Steps = 60, Pairs = 4, WarmUpSteps = 5, PeakLearningRate = 3e-3, Beta = 0.5, Workers = 2 };

    // The prompt is the first two tokens, 1 n. The answer n + 1 is better than n - 1.
    private static readonly PreferencePair[] Pairs =
        [.. Enumerable.Range(3, 12).Select(n => new PreferencePair(Answer(1, n, n + 1, 0), Answer(1, n, n - 1, 0)))];

    [Theory]
    // z = beta (margin - reference); loss = ln(1 + e^-z); slope = -beta / (1 + e^z)
    [InlineData(0, 0, 0.1, 0.693147, -0.05)]                // z = 0: ln 2
    [InlineData(2, 1, 0.5, 0.474077, -0.188770)]            // z = 0.5
    [InlineData(-3, 1, 0.5, 2.126928, -0.440399)]           // z = -2
    [InlineData(-4000, 4000, 1, 8000, -1)]                  // nothing overflows
    public void ThePairLossMatchesValuesWorkedOutByHand(double margin, double reference, double beta, double loss, double slope)
    {
        var (actualLoss, actualSlope) = PreferenceObjective.PairLoss(margin, reference, beta);

        Assert.Equal(loss, actualLoss, 1e-6);
        Assert.Equal(slope, actualSlope, 1e-6);
    }

    [Fact]
    public void AMarginIsTheChosenLikelihoodMinusTheRejectedOne()
    {
        var batch = PreferencePair.Pack([Pairs[0], Pairs[1]]);
        long[] places = [1, 2, 5, 6, 9, 10, 13, 14];        // rows of 4: chosen, rejected, chosen, rejected

        var margins = PreferencePair.Margins(batch, places, [-1, -2, -5, -1, -3, 0, -1, -1]);

        Assert.Equal(places, batch.Targets.Index().Where(t => t.Item != PackedBatch.Ignored).Select(t => (long)t.Index));
        Assert.Equal([3, -1], margins);                     // (-1 - 2) - (-5 - 1); (-3 + 0) - (-1 - 1)
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void GradientsMatchAutogradOnThePapersEquation(double anchor)
    {
        var options = Options with { Anchor = anchor };
        using var scope = NewDisposeScope();
        using var decoder = NewDecoder();
        var pairs = Pairs.Take(4).Select((p, i) => p with { ReferenceMargin = i - 1.5 }).ToArray();
        var batch = PreferencePair.Pack(pairs);
        using var trainer = NewTrainer(decoder, pairs, options);
        var loss = trainer.ComputeGradients([batch]);
        var found = decoder.parameters().Select(p => p.grad!.clone()).ToList();
        decoder.zero_grad();

        var plain = PlainLoss(decoder, batch, anchor);
        plain.backward();

        Assert.Equal(plain.ToDouble(), loss, 0.01);
        // Attention weights and logits are bfloat16 in training, which keeps 8 bits.
        Assert.All(decoder.parameters()
            .Zip(found), p => Assert.InRange(((p.First.grad! - p.Second).norm() / p.First.grad!.norm()).ToDouble(), 0, 0.03));
    }

    [Fact]
    public void TrainingStartsAtTheReferenceAndFavoursTheChosenAnswers()
    {
        using var decoder = NewDecoder();
        using var trainer = NewTrainer(decoder, WithReference(decoder), Options);
        var before = trainer.Validate();

        trainer.Run(progress: null, checkpoint: null, TestContext.Current.CancellationToken);

        Assert.Equal(Math.Log(2), before, 1e-6);            // its margins equal the reference margins
        Assert.InRange(trainer.Validate(), 0, 0.3);
    }

    private static PreferencePair[] WithReference(Decoder decoder)
    {
        using var team = new WorkerTeam(2);
        return PreferenceObjective.WithReference(Pairs, decoder, team, Options.Pairs);
    }

    private static Trainer NewTrainer(Decoder decoder, PreferencePair[] pairs, TrainingOptions options) =>
        new(decoder, new PreferenceObjective(pairs, pairs, options), options, WorkerTeam.For(decoder, options));

    private static Tensor PlainLoss(Decoder decoder, PackedBatch batch, double anchor)
    {
        var logits = decoder.call(tensor(batch.Inputs, batch.BatchSize, batch.Time), new ForwardPass { Mask = batch.Mask(CPU) });
        var targets = tensor(batch.Targets, batch.BatchSize, batch.Time);
        var counts = targets.ne(PackedBatch.Ignored);
        var likelihoods = (logits.log_softmax(-1).gather(2, targets.clamp(min: 0).unsqueeze(2)).squeeze(2) * counts).sum(1).view(-1, 2);
        var margins = likelihoods.select(1, 0) - likelihoods.select(1, 1);
        var z = (margins - tensor(batch.ReferenceMargins!.Select(m => (float)m).ToArray())) * Options.Beta;
        var chosen = likelihoods.select(1, 0) / counts.sum(1).view(-1, 2).select(1, 0);     // nats per token
        return -z.sigmoid().log().mean() - (chosen.mean() * anchor);
    }

    private static Decoder NewDecoder()
    {
        using var weights = new InitialWeights(seed: 1);
        return new Decoder(Tiny, weights);
    }

    private static Example Answer(params int[] tokens) => new(tokens, [.. tokens.Select((_, i) => i >= 2)]);
}
