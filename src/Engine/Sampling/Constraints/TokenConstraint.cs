using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>A grammar held against the tokens of a model: which of them may come next in each state.</summary>
/// <remarks>Tokens are tried in the order of their bytes, so that those that begin alike share their steps. The answer for a state is kept:
/// the same state comes again and again. Willard and Louf 2023, arXiv:2307.09702.</remarks>
internal sealed class TokenConstraint
{
    private const long MostBytes = 64 << 20;    // of kept answers: 3,500 states of 150,000 tokens

    private readonly GrammarAutomaton _automaton;
    private readonly OrderedTokens _tokens;
    private readonly Dictionary<int, TokenSet> _allowed = [];

    /// <param name="grammar">The texts that may be written.</param>
    /// <param name="tokenizer">Knows the bytes of its tokens.</param>
    public TokenConstraint(Grammar grammar, Tokenizer tokenizer) =>
        (_automaton, _tokens) = (grammar.Automaton, OrderedTokens.Of(tokenizer));

    /// <summary>Whether the text may end in a state.</summary>
    public bool Accepts(int state)
    {
        lock (_automaton) return _automaton.Accepts(state);
    }

    /// <summary>Whether the text must end in a state.</summary>
    public bool IsComplete(int state)
    {
        lock (_automaton) return _automaton.IsComplete(state);
    }

    /// <summary>Which tokens may come next.</summary>
    public TokenSet Allowed(int state)
    {
        lock (_automaton)
        {
            if (_allowed.TryGetValue(state, out var allowed)) return allowed;
            if ((_allowed.Count + 1L) * TokenSet.BytesOf(_tokens.Vocabulary) > MostBytes) _allowed.Clear();
            return _allowed[state] = _tokens.AllowedIn(_automaton, state);
        }
    }

    /// <summary>Whether a token is a mark and no text.</summary>
    public bool IsSpecial(int token) => _tokens.IsSpecial(token);

    /// <summary>The state after a token that was allowed.</summary>
    public int After(int state, byte[] token)
    {
        lock (_automaton)
        {
            foreach (var next in token) state = _automaton.Next(state, next);
            return state;
        }
    }
}
