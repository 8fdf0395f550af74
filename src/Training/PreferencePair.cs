namespace LlmRabbitHoles.Training;

/// <summary>Two answers to one conversation. Each example holds the whole conversation; only the tokens of its answer count.</summary>
/// <param name="Chosen">The example with the better answer.</param>
/// <param name="Rejected">The example with the worse answer.</param>
/// <param name="ReferenceMargin">log p(chosen) - log p(rejected) of the reference model, in nats.</param>
public sealed record PreferencePair(Example Chosen, Example Rejected, double ReferenceMargin = 0)
{
    /// <summary>The number of tokens of the longer example.</summary>
    public int Length => Math.Max(Chosen.Tokens.Length, Rejected.Tokens.Length);

    /// <summary>Makes two rows of each pair, the chosen one first. The longest pair decides the row length.</summary>
    internal static PackedBatch Pack(IReadOnlyList<PreferencePair> pairs)
    {
        var time = pairs.Max(p => p.Length);
        var batch = PackedBatch.Empty(2 * pairs.Count, time) with { ReferenceMargins = [.. pairs.Select(p => p.ReferenceMargin)] };
        foreach (var (i, pair) in pairs.Index())
        {
            batch.Write(pair.Chosen, 2 * i * time, document: 1);
            batch.Write(pair.Rejected, ((2 * i) + 1) * time, document: 1);
        }
        return batch;
    }

    /// <summary>log p(chosen) - log p(rejected) of each pair.</summary>
    /// <param name="batch">Made by <see cref="Pack"/>.</param>
    /// <param name="places">[n] indices of the counted tokens in the batch.</param>
    /// <param name="logLikelihoods">[n] the model's log likelihoods of their targets.</param>
    /// <returns>[pairs] in nats.</returns>
    internal static double[] Margins(PackedBatch batch, long[] places, float[] logLikelihoods)
    {
        var margins = new double[batch.BatchSize / 2];
        foreach (var (place, likelihood) in places.Zip(logLikelihoods))
            margins[place / batch.Time / 2] += Sign(batch, place) * likelihood;
        return margins;
    }

    /// <summary>The number of counted tokens in each chosen answer.</summary>
    /// <returns>[pairs]</returns>
    internal static int[] ChosenLengths(PackedBatch batch, long[] places)
    {
        var lengths = new int[batch.BatchSize / 2];
        foreach (var place in places.Where(place => Sign(batch, place) > 0)) lengths[place / batch.Time / 2]++;
        return lengths;
    }

    /// <summary>The mean log likelihood of the counted tokens in each chosen answer.</summary>
    /// <returns>[pairs] in nats per token.</returns>
    internal static double[] ChosenMeans(PackedBatch batch, long[] places, float[] logLikelihoods)
    {
        var sums = new double[batch.BatchSize / 2];
        foreach (var (place, likelihood) in places.Zip(logLikelihoods).Where(token => Sign(batch, token.First) > 0))
            sums[place / batch.Time / 2] += likelihood;
        return [.. sums.Zip(ChosenLengths(batch, places), (sum, length) => sum / length)];
    }

    /// <summary>1 for a token of a chosen answer, -1 for a token of a rejected answer.</summary>
    internal static int Sign(PackedBatch batch, long place) => place / batch.Time % 2 == 0 ? 1 : -1;
}
