namespace LlmRabbitHoles.Training;

/// <summary>Two answers to one conversation as the trainer sees them: each the whole conversation, of which the answer counts.</summary>
/// <param name="Chosen">With the better answer.</param>
/// <param name="Rejected">With the worse one.</param>
/// <param name="ReferenceMargin">How many nats more likely the reference model finds the chosen answer.</param>
public sealed record PreferencePair(Example Chosen, Example Rejected, double ReferenceMargin = 0)
{
    /// <summary>Tokens of the longer one.</summary>
    public int Length => Math.Max(Chosen.Tokens.Length, Rejected.Tokens.Length);

    /// <summary>Two rows a pair, the chosen one first, as long as the longest needs.</summary>
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

    /// <summary>How many nats more likely a model finds each chosen answer than the rejected one.</summary>
    /// <param name="batch">Made by <see cref="Pack"/>.</param>
    /// <param name="places">Where the tokens that count stand in it.</param>
    /// <param name="logLikelihoods">What the model says of them.</param>
    /// <returns>[pairs]</returns>
    internal static double[] Margins(PackedBatch batch, long[] places, float[] logLikelihoods)
    {
        var margins = new double[batch.BatchSize / 2];
        foreach (var (place, likelihood) in places.Zip(logLikelihoods))
            margins[place / batch.Time / 2] += Sign(batch, place) * likelihood;
        return margins;
    }

    /// <summary>Tokens of each chosen answer that count.</summary>
    /// <returns>[pairs]</returns>
    internal static int[] ChosenLengths(PackedBatch batch, long[] places)
    {
        var lengths = new int[batch.BatchSize / 2];
        foreach (var place in places.Where(place => Sign(batch, place) > 0)) lengths[place / batch.Time / 2]++;
        return lengths;
    }

    /// <summary>How likely a model finds the tokens of each chosen answer, in the mean.</summary>
    /// <returns>[pairs] nats a token</returns>
    internal static double[] ChosenMeans(PackedBatch batch, long[] places, float[] logLikelihoods)
    {
        var sums = new double[batch.BatchSize / 2];
        foreach (var (place, likelihood) in places.Zip(logLikelihoods).Where(token => Sign(batch, token.First) > 0))
            sums[place / batch.Time / 2] += likelihood;
        return [.. sums.Zip(ChosenLengths(batch, places), (sum, length) => sum / length)];
    }

    /// <summary>1 for a token of a chosen answer, -1 for one of a rejected one.</summary>
    internal static int Sign(PackedBatch batch, long place) => place / batch.Time % 2 == 0 ? 1 : -1;
}
