namespace LlmRabbitHoles.Training;

/// <summary>Two answers to one conversation, each with the whole conversation before it; only the answer counts in the loss.</summary>
/// <param name="Chosen">The conversation with the better answer.</param>
/// <param name="Rejected">The conversation with the worse answer.</param>
/// <param name="ReferenceMargin">How many nats more likely the reference model finds the chosen answer.</param>
public sealed record PreferencePair(Example Chosen, Example Rejected, double ReferenceMargin = 0)
{
    /// <summary>Tokens of the longer one.</summary>
    public int Length => Math.Max(Chosen.Tokens.Length, Rejected.Tokens.Length);

    /// <summary>Two rows per pair, chosen first, as long as the longest answer needs.</summary>
    public static PackedBatch Pack(IReadOnlyList<PreferencePair> pairs)
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

    /// <summary>How many nats more likely a model finds each chosen answer than the rejected one.</summary>
    /// <param name="batch">Made by <see cref="Pack"/>.</param>
    /// <param name="places">The places of the tokens that count.</param>
    /// <param name="logLikelihoods">The model's log likelihoods of these tokens.</param>
    /// <returns>[pairs]</returns>
    public static double[] Margins(PackedBatch batch, long[] places, float[] logLikelihoods)
    {
        var margins = new double[batch.Rows / 2];
        foreach (var (place, likelihood) in places.Zip(logLikelihoods))
            margins[place / batch.Time / 2] += Sign(batch, place) * likelihood;
        return margins;
    }

    /// <summary>Tokens of each chosen answer that count.</summary>
    /// <returns>[pairs]</returns>
    public static int[] ChosenLengths(PackedBatch batch, long[] places)
    {
        var lengths = new int[batch.Rows / 2];
        foreach (var place in places.Where(place => Sign(batch, place) > 0)) lengths[place / batch.Time / 2]++;
        return lengths;
    }

    /// <summary>The mean log likelihood of the tokens of each chosen answer.</summary>
    /// <returns>[pairs] nats per token</returns>
    public static double[] ChosenMeans(PackedBatch batch, long[] places, float[] logLikelihoods)
    {
        var sums = new double[batch.Rows / 2];
        foreach (var (place, likelihood) in places.Zip(logLikelihoods).Where(token => Sign(batch, token.First) > 0))
            sums[place / batch.Time / 2] += likelihood;
        return [.. sums.Zip(ChosenLengths(batch, places), (sum, length) => sum / length)];
    }

    /// <summary>1 for a token of a chosen answer, -1 for one of a rejected one.</summary>
    public static int Sign(PackedBatch batch, long place) => place / batch.Time % 2 == 0 ? 1 : -1;
}
