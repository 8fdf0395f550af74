using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Direct preference optimization: the better answer is to gain likelihood over the worse one, compared with a reference
/// model, the one that training started from.</summary>
/// <remarks>Rafailov et al. 2023, arXiv:2305.18290, eq. 7: -log sigmoid(beta x (margin - reference margin)), where a margin is
/// log p(chosen) - log p(rejected). To it comes the next-token loss of the chosen answer, a mean over its tokens, without which
/// both answers may become less likely together (Pang et al. 2024, arXiv:2404.19733). The gradient of both is that of the
/// next-token loss with one weight a token.</remarks>
/// <param name="train">Pairs to learn from, with the reference's margins.</param>
/// <param name="validation">Pairs to measure on.</param>
/// <param name="options">Pairs a step, beta, the anchor and the seed.</param>
public sealed class PreferenceObjective(
    IReadOnlyList<PreferencePair> train, IReadOnlyList<PreferencePair> validation, TrainingOptions options) : IObjective
{
    private const int ValidationPairs = 256;
    private const int BatchesPerBucket = 16;

    /// <inheritdoc/>
    public IEnumerable<PackedBatch> Batches()
    {
        for (var epoch = 0; ; epoch++)
        {
            var order = train.ToArray();
            new Random(unchecked((options.Seed * 1_000_003) + epoch)).Shuffle(order);
            foreach (var batch in Batches(order)) yield return batch;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PackedBatch> Validation() => Batches(validation.Take(ValidationPairs));

    /// <inheritdoc/>
    public int CountLosses(PackedBatch batch) => batch.BatchSize / 2;

    /// <inheritdoc/>
    public double Loss(PackedBatch batch, CountedTokens tokens, Tensor unembedding) =>
        Losses(batch, tokens, unembedding).Sum(l => l.Loss);

    /// <inheritdoc/>
    public (double Loss, Tensor States, Tensor Unembedding) Gradients(
        PackedBatch batch, CountedTokens tokens, Tensor unembedding, double factor)
    {
        var losses = Losses(batch, tokens, unembedding);
        var lengths = PreferencePair.ChosenLengths(batch, tokens.Places);
        float[] tokenWeights = [.. tokens.Places.Select(place => (float)(factor * Weight(place, (int)(place / batch.Time / 2))))];
        using var weights = tensor(tokenWeights, device: tokens.States.device);
        var (_, states, matrix) = NextTokenLoss.Gradients(tokens.States, unembedding, tokens.Targets, weights);
        return (losses.Sum(l => l.Loss) * factor, states, matrix);
        double Weight(long place, int pair)
        {
            var sign = PreferencePair.Sign(batch, place);
            return (-losses[pair].Slope * sign) + (sign > 0 ? options.Anchor / lengths[pair] : 0);
        }
    }

    /// <summary>The loss of one pair.</summary>
    /// <param name="margin">log p(chosen) - log p(rejected) of the model in training.</param>
    /// <param name="reference">The same of the reference.</param>
    /// <param name="beta">How strongly the reference holds on: the smaller, the further the model may go.</param>
    /// <returns>The loss, and its derivative by the margin.</returns>
    internal static (double Loss, double Slope) PairLoss(double margin, double reference, double beta)
    {
        var z = beta * (margin - reference);
        var loss = z > 0 ? Math.Log(1 + Math.Exp(-z)) : -z + Math.Log(1 + Math.Exp(z));    // neither overflows
        return (loss, -beta / (1 + Math.Exp(z)));
    }

    /// <summary>Asks the model as it is now, once and for all, how it finds the answers of every pair.</summary>
    public static PreferencePair[] WithReference(IReadOnlyList<PreferencePair> pairs, Decoder reference, WorkerTeam team, int pairsPerBatch)
    {
        var byLength = pairs.Index().OrderBy(p => p.Item.Length).Chunk(pairsPerBatch).ToList();
        var result = new PreferencePair[pairs.Count];
        team.Run(worker =>
        {
            for (var i = worker; i < byLength.Count; i += team.Count)
            {
                foreach (var ((index, pair), margin) in byLength[i].Zip(ReferenceMargins(byLength[i], reference)))
                    result[index] = pair with { ReferenceMargin = margin };
            }
            return true;
        });
        return result;
    }

    private static double[] ReferenceMargins((int Index, PreferencePair Item)[] pairs, Decoder reference)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var batch = PreferencePair.Pack([.. pairs.Select(p => p.Item)]);
        var tokens = CountedTokens.Of(reference, batch);
        return PreferencePair.Margins(
            batch, tokens.Places, NextTokenLoss.LogLikelihoods(tokens.States, reference.Unembedding, tokens.Targets));
    }

    /// <summary>Pairs of like length together, since a batch is as wide as its longest.</summary>
    private IEnumerable<PackedBatch> Batches(IEnumerable<PreferencePair> pairs) =>
        pairs.Chunk(options.Pairs * BatchesPerBucket)
            .SelectMany(bucket => bucket.OrderBy(p => p.Length).Chunk(options.Pairs))
            .Select(PreferencePair.Pack);

    private (double Loss, double Slope)[] Losses(PackedBatch batch, CountedTokens tokens, Tensor unembedding)
    {
        var likelihoods = NextTokenLoss.LogLikelihoods(tokens.States, unembedding, tokens.Targets);
        var margins = PreferencePair.Margins(batch, tokens.Places, likelihoods);
        var anchors = PreferencePair.ChosenMeans(batch, tokens.Places, likelihoods);
        return [.. margins.Zip(batch.ReferenceMargins!, (margin, reference) => PairLoss(margin, reference, options.Beta))
            .Zip(anchors, (pair, mean) => (pair.Loss - (options.Anchor * mean), pair.Slope))];
    }
}
