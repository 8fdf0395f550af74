namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>A text in progress under a grammar.</summary>
/// <param name="constraint">The grammar, held against the model's tokens.</param>
/// <param name="stopTokens">Tokens that end the text; they may come where the text may end.</param>
/// <param name="bytesOf">The bytes of a token.</param>
internal sealed class ConstrainedText(TokenConstraint constraint, IReadOnlySet<int> stopTokens, Func<int, byte[]> bytesOf)
{
    private int _state = GrammarAutomaton.Start;

    /// <summary>Whether the text so far fits the grammar.</summary>
    public bool Fits => constraint.Accepts(_state);

    /// <summary>Whether nothing can be added to the text.</summary>
    public bool IsComplete => constraint.IsComplete(_state);

    /// <summary>Rules out every token after which no text would fit.</summary>
    /// <param name="logits">[vocab], changed in place.</param>
    /// <exception cref="GrammarException">No token of the model continues the text.</exception>
    public void RuleOut(Span<float> logits)
    {
        var allowed = constraint.Allowed(_state);
        var (mayEnd, count) = (Fits, 0);
        for (var id = 0; id < logits.Length; id++)
        {
            if (stopTokens.Contains(id) ? mayEnd : id < allowed.Length && allowed[id]) count++;
            else logits[id] = float.NegativeInfinity;
        }
        if (count == 0)
        {
            throw new GrammarException(
                "No token of the model continues the text as the grammar demands. Use a model with a token per byte.");
        }
    }

    /// <summary>Adds a token that was allowed.</summary>
    public void Add(int token)
    {
        if (!stopTokens.Contains(token)) _state = constraint.After(_state, bytesOf(token));
    }
}
