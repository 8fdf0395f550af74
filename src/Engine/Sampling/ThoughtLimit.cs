namespace LlmRabbitHoles.Sampling;

/// <summary>Ends a thought that has used up its tokens: only its closing mark is left. A further thought is then not begun.</summary>
/// <remarks>Muennighoff et al. 2025, arXiv:2501.19393 (s1, budget forcing). A thought may begin in the prompt, since some chat templates
/// write the opening mark; its tokens there do not count. Where a grammar rules out the closing mark, the grammar decides.</remarks>
/// <param name="budget">The marks and how many tokens may stand between them.</param>
public sealed class ThoughtLimit(ThoughtBudget budget) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"thought limit {budget.Tokens}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var (thinks, thoughts, spent) = Read(history, promptLength);
        if (spent < budget.Tokens || float.IsNegativeInfinity(logits[budget.Close])) return;
        if (thinks)
        {
            var close = logits[budget.Close];
            logits.Fill(float.NegativeInfinity);
            logits[budget.Close] = close;
        }
        else if (thoughts > 0)
        {
            logits[budget.Open] = float.NegativeInfinity;
        }
    }

    /// <summary>Whether a thought is open, how many the answer has begun or found open, and how many tokens it put into them.</summary>
    private (bool Thinks, int Thoughts, int Spent) Read(ReadOnlySpan<int> history, int promptLength)
    {
        var thinks = history[..promptLength].LastIndexOf(budget.Open) > history[..promptLength].LastIndexOf(budget.Close);
        var (thoughts, spent) = (thinks ? 1 : 0, 0);
        foreach (var token in history[promptLength..])
        {
            if (token == budget.Close) thinks = false;
            else if (token == budget.Open) (thinks, thoughts) = (true, thoughts + 1);
            else if (thinks) spent++;
        }
        return (thinks, thoughts, spent);
    }
}

/// <summary>The settings of <see cref="ThoughtLimit"/>.</summary>
/// <param name="Open">The token that begins a thought.</param>
/// <param name="Close">The token that ends it.</param>
/// <param name="Tokens">Tokens that may stand between the marks, over all thoughts of an answer; 0 leaves each empty.</param>
public sealed record ThoughtBudget(int Open, int Close, int Tokens)
{
    /// <summary>Tokens that may stand between the marks, over all thoughts of an answer.</summary>
    public int Tokens { get; init; } = Tokens >= 0 ? Tokens : throw new ArgumentOutOfRangeException(
        nameof(Tokens), Tokens, "A thought budget must be 0 or more. Leave it out for thoughts of any length.");
}
