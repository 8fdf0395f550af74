namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>A text in progress under a grammar.</summary>
public sealed class ConstrainedText
{
    private readonly TokenConstraint _constraint;
    private readonly IReadOnlySet<int> _stopTokens;
    private readonly Func<int, byte[]> _bytesOf;
    private int _state = GrammarAutomaton.Start;

    /// <param name="constraint">The grammar, held against the model's tokens.</param>
    /// <param name="stopTokens">Tokens that end the text; they may come where the text may end.</param>
    /// <param name="bytesOf">The bytes of a token.</param>
    internal ConstrainedText(TokenConstraint constraint, IReadOnlySet<int> stopTokens, Func<int, byte[]> bytesOf) =>
        (_constraint, _stopTokens, _bytesOf) = (constraint, stopTokens, bytesOf);

    /// <summary>Whether the text so far fits the grammar.</summary>
    public bool Fits => _constraint.Accepts(_state);

    /// <summary>Whether nothing can be added to the text.</summary>
    public bool IsComplete => _constraint.IsComplete(_state);

    /// <summary>Rules out every token after which no text would fit.</summary>
    /// <param name="logits">[vocab], changed in place.</param>
    /// <exception cref="GrammarException">No token of the model continues the text.</exception>
    public void RuleOut(Span<float> logits)
    {
        var allowed = _constraint.Allowed(_state);
        var (mayEnd, count, at) = (Fits, allowed.Count, 0);
        var ends = new float[_stopTokens.Count];
        foreach (var id in _stopTokens) ends[at++] = id < logits.Length ? logits[id] : float.NegativeInfinity;
        allowed.RuleOutOthers(logits);
        at = 0;
        foreach (var id in _stopTokens)
        {
            var end = ends[at++];
            if (id >= logits.Length) continue;
            count += (mayEnd ? 1 : 0) - (allowed[id] ? 1 : 0);
            logits[id] = mayEnd ? end : float.NegativeInfinity;
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
        if (_stopTokens.Contains(token)) return;
        _state = _constraint.After(_state, _constraint.IsSpecial(token) ? OrderedTokens.CodeOf(token) : _bytesOf(token));
    }
}
