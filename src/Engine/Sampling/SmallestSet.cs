namespace LlmRabbitHoles.Sampling;

/// <summary>Keeps the first tokens in some order whose probabilities reach a sum.</summary>
internal static class SmallestSet
{
    /// <summary>Rules out all tokens that come after the probabilities have reached the sum, and those of probability 0.</summary>
    /// <param name="logits">[vocab], changed in place.</param>
    /// <param name="probabilities">[vocab], of these logits.</param>
    /// <param name="sum">What the kept ones reach together.</param>
    /// <param name="rank">From a probability to a number: low comes first. Of equals, the lower id comes first.</param>
    public static void Keep(Span<float> logits, double[] probabilities, double sum, Func<double, double> rank)
    {
        var kept = new List<(int Token, float Logit)>();
        // A heap gives the first few of many tokens without sorting them all.
        var queue = new PriorityQueue<int, (double Rank, int Token)>(
            probabilities.Index().Where(item => item.Item > 0).Select(item => (item.Index, (rank(item.Item), item.Index))));
        for (var reached = 0.0; reached < sum && queue.TryDequeue(out var token, out _); reached += probabilities[token])
            kept.Add((token, logits[token]));
        logits.Fill(float.NegativeInfinity);
        foreach (var (token, logit) in kept) logits[token] = logit;
    }
}
