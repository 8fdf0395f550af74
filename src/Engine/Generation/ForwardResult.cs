namespace LlmRabbitHoles.Generation;

/// <summary>The result of one forward: the logits of the next token.</summary>
/// <param name="Logits">[vocab], after the last token read.</param>
/// <param name="Tokens">Tokens read in this call.</param>
/// <param name="Elapsed">Time of the call, the copy of the logits to the CPU included.</param>
public sealed record ForwardResult(float[] Logits, int Tokens, TimeSpan Elapsed)
{
    /// <summary>The likeliest tokens, likeliest first, with their logits and probabilities.</summary>
    /// <param name="count">How many.</param>
    public IReadOnlyList<Candidate> Top(int count)
    {
        var probabilities = Sampling.Softmax.Of(Logits);
        return [.. Enumerable.Range(0, Logits.Length)
            .OrderByDescending(id => Logits[id]).ThenBy(id => id).Take(count)
            .Select(id => new Candidate(id, Logits[id], probabilities[id]))];
    }
}

/// <summary>A token that may come next.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Logit">Its logit.</param>
/// <param name="Probability">Its probability after softmax alone, without sampling steps.</param>
public sealed record Candidate(int Id, float Logit, double Probability);
