namespace LlmRabbitHoles.Sampling;

/// <summary>How likely the model found a token.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Value">The natural logarithm of its probability, by softmax of the raw logits before any step; 0 or less.</param>
public sealed record LogProbability(int Token, double Value)
{
    /// <summary>
    /// The likeliest tokens, likeliest first; of equals, the lower id first. A token that is ruled out is not among them.
    /// </summary>
    /// <param name="logits">[vocab]</param>
    /// <param name="count">How many; fewer where the vocabulary is smaller.</param>
    internal static IReadOnlyList<LogProbability> Likeliest(ReadOnlySpan<float> logits, int count) =>
        Likeliest(logits, count, Softmax.LogSumOf(logits));

    /// <param name="logits">[vocab]</param>
    /// <param name="count">How many; fewer where the vocabulary is smaller.</param>
    /// <param name="logSum">The logarithm of the sum of e to each logit.</param>
    internal static IReadOnlyList<LogProbability> Likeliest(ReadOnlySpan<float> logits, int count, double logSum)
    {
        if (count == 0) return [];
        var best = new PriorityQueue<int, (float Logit, int Id)>(Comparer<(float Logit, int Id)>.Create(WorstFirst));
        for (var id = 0; id < logits.Length; id++)
        {
            if (float.IsNegativeInfinity(logits[id])) continue;
            if (best.Count < count) best.Enqueue(id, (logits[id], id));
            else if (logits[id] > logits[best.Peek()]) best.EnqueueDequeue(id, (logits[id], id));
        }
        var likeliest = new LogProbability[best.Count];
        for (var rank = likeliest.Length - 1; rank >= 0; rank--)
        {
            var id = best.Dequeue();
            likeliest[rank] = new(id, logits[id] - logSum);
        }
        return likeliest;
    }

    private static int WorstFirst((float Logit, int Id) a, (float Logit, int Id) b) =>
        a.Logit.CompareTo(b.Logit) is not 0 and var order ? order : b.Id - a.Id;
}

/// <summary>How likely the model found the token that was chosen, and which tokens it found likeliest.</summary>
/// <param name="Token">The chosen one's id.</param>
/// <param name="Value">The natural logarithm of its probability, by softmax of the raw logits before any step; 0 or less.</param>
/// <param name="Top">The likeliest tokens, likeliest first; of equals, the lower id first. The chosen one may not be among them.</param>
/// <remarks>OpenAI's <c>logprobs</c>: https://platform.openai.com/docs/api-reference/chat/create.</remarks>
public sealed record ChosenLogProbability(int Token, double Value, IReadOnlyList<LogProbability> Top)
{
    /// <summary>Computed in float64.</summary>
    /// <param name="logits">[vocab], raw.</param>
    /// <param name="token">The chosen one.</param>
    /// <param name="count">How many of the likeliest; fewer where the vocabulary is smaller.</param>
    public static ChosenLogProbability Of(ReadOnlySpan<float> logits, int token, int count)
    {
        var logSum = Softmax.LogSumOf(logits);
        return new(token, logits[token] - logSum, LogProbability.Likeliest(logits, count, logSum));
    }
}
