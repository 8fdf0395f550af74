using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Direct preference optimization: compared with a reference model, the chosen answer becomes more likely than the rejected
/// one. The reference is the model that training starts from.</summary>
/// <remarks>Rafailov et al. 2023, arXiv:2305.18290, eq. 7: -log sigmoid(beta x (margin - reference margin)), where a margin is
/// log p(chosen) - log p(rejected). The mean next-token loss of the chosen answer is added. Without it both answers may become less
/// likely together (Pang et al. 2024, arXiv:2404.19733). The gradient of the sum is the gradient of a next-token loss with one
/// weight for each token.</remarks>
/// <param name="train">Pairs to learn from, with their reference margins.</param>
/// <param name="validation">Held-out pairs, with their reference margins.</param>
/// <param name="options">Gives the pairs per step, beta, the anchor and the seed.</param>
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
    /// <param name="margin">log p(chosen) - log p(rejected) of the trained model.</param>
    /// <param name="reference">log p(chosen) - log p(rejected) of the reference model.</param>
    /// <param name="beta">A smaller beta lets the model move further from the reference.</param>
    /// <returns>The loss and its derivative with respect to the margin.</returns>
    internal static (double Loss, double Slope) PairLoss(double margin, double reference, double beta)
    {
        var z = beta * (margin - reference);
        var loss = z > 0 ? Math.Log(1 + Math.Exp(-z)) : -z + Math.Log(1 + Math.Exp(z));    // neither form overflows
        return (loss, -beta / (1 + Math.Exp(z)));
    }

    /// <summary>Computes the margin of every pair with the reference model.</summary>
    /// <returns>The pairs in the same order, with their margins.</returns>
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

    /// <summary>Puts pairs of similar length into one batch, because the longest pair decides how wide the batch is.</summary>
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
