using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>A grammar held against the tokens of a model: which of them may come next in each state.</summary>
/// <remarks>Tokens are tried in the order of their bytes, so that those that begin alike share their steps. The answer for a state is kept:
/// the same state comes again and again. Willard and Louf 2023, arXiv:2307.09702.</remarks>
internal sealed class TokenConstraint
{
    private readonly GrammarAutomaton _automaton;
    private readonly (int Id, byte[] Bytes, int Shared)[] _tokens;    // in the order of their bytes; Shared with the one before
    private readonly Dictionary<int, bool[]> _allowed = [];
    private readonly int _longest;
    private readonly int _vocabulary;

    /// <param name="grammar">The texts that may be written.</param>
    /// <param name="tokenizer">Knows the bytes of its tokens.</param>
    public TokenConstraint(Grammar grammar, Tokenizer tokenizer)
    {
        _automaton = grammar.Automaton;
        _vocabulary = tokenizer.VocabularySize;
        var special = tokenizer.SpecialTokens.Values.ToHashSet();
        var tokens = Enumerable.Range(0, _vocabulary).Where(id => !special.Contains(id))
            .Select(id => (Id: id, Bytes: tokenizer.BytesOf(id))).Where(token => token.Bytes.Length > 0)
            .OrderBy(token => token.Bytes, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))).ToArray();
        _tokens = [.. tokens.Select((token, i) =>
            (token.Id, token.Bytes, i == 0 ? 0 : token.Bytes.AsSpan().CommonPrefixLength(tokens[i - 1].Bytes)))];
        _longest = tokens.Max(token => token.Bytes.Length);
    }

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
    /// <returns>[vocab]</returns>
    public bool[] Allowed(int state)
    {
        lock (_automaton) return _allowed.TryGetValue(state, out var allowed) ? allowed : _allowed[state] = Try(state);
    }

    /// <summary>The state after a token that was allowed.</summary>
    public int After(int state, byte[] token)
    {
        lock (_automaton)
        {
            foreach (var next in token) state = _automaton.Next(state, next);
            return state;
        }
    }

    private bool[] Try(int state)
    {
        var allowed = new bool[_vocabulary];
        var states = new int[_longest + 1];    // after each byte of the token at hand
        states[0] = state;
        var known = 0;                         // bytes of it whose states are in the list
        foreach (var (id, bytes, shared) in _tokens)
        {
            known = Math.Min(known, shared);
            for (; known < bytes.Length && states[known] != GrammarAutomaton.Dead; known++)
                states[known + 1] = _automaton.Next(states[known], bytes[known]);
            allowed[id] = known == bytes.Length && states[known] != GrammarAutomaton.Dead;
        }
        return allowed;
    }
}
