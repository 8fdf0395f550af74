using System.Numerics;
using System.Runtime.CompilerServices;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>The tokens of a model in the order of their bytes, so that those that begin alike stand together. Made once a tokenizer, and
/// shared by all grammars.</summary>
/// <remarks>A special token is no text: it has a code instead of its bytes, which begins with a byte that UTF-8 has not.</remarks>
internal sealed class OrderedTokens
{
    private const byte Special = 0xFF;

    private static readonly ConditionalWeakTable<Tokenizer, OrderedTokens> All = [];

    private readonly HashSet<int> _special;
    private readonly int[] _ids;
    private readonly int[] _starts;    // in the bytes; one more than there are tokens
    private readonly int[] _shared;    // bytes in common with the token before
    private readonly byte[] _bytes;
    private readonly int _longest;

    private OrderedTokens(Tokenizer tokenizer)
    {
        Vocabulary = tokenizer.VocabularySize;
        _special = [.. tokenizer.SpecialTokens.Values];
        var tokens = Enumerable.Range(0, Vocabulary).Where(id => !_special.Contains(id))
            .Select(id => (Id: id, Bytes: tokenizer.BytesOf(id))).Where(token => token.Bytes.Length > 0 && !token.Bytes.Contains(Special))
            .Concat(_special.Where(id => id < Vocabulary).Select(id => (Id: id, Bytes: CodeOf(id)))).ToArray();
        Array.Sort(tokens, (a, b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes) is var order and not 0 ? order : a.Id.CompareTo(b.Id));
        _ids = [.. tokens.Select(token => token.Id)];
        _bytes = [.. tokens.SelectMany(token => token.Bytes)];
        _starts = new int[tokens.Length + 1];
        _shared = new int[tokens.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            _starts[i + 1] = _starts[i] + tokens[i].Bytes.Length;
            if (i > 0) _shared[i] = tokens[i].Bytes.AsSpan().CommonPrefixLength(tokens[i - 1].Bytes);
            _longest = Math.Max(_longest, tokens[i].Bytes.Length);
        }
    }

    /// <summary>How many ids the model has.</summary>
    public int Vocabulary { get; }

    /// <summary>The tokens of a model.</summary>
    public static OrderedTokens Of(Tokenizer tokenizer) => All.GetValue(tokenizer, one => new OrderedTokens(one));

    /// <summary>What a grammar reads in place of a special token.</summary>
    public static byte[] CodeOf(int id) => [Special, (byte)(id >> 16), (byte)(id >> 8), (byte)id];

    /// <summary>Whether a token is a mark and no text.</summary>
    public bool IsSpecial(int id) => _special.Contains(id);

    /// <summary>Which tokens may come next in a state. Beginnings are read once, and what begins with one that nothing fits is passed over.
    /// </summary>
    public TokenSet AllowedIn(GrammarAutomaton automaton, int state)
    {
        var allowed = new TokenSet(Vocabulary);
        var states = new int[_longest + 1];    // after each byte of the token at hand
        states[0] = state;
        var known = 0;                         // bytes of it whose states are in the list
        for (var token = 0; token < _ids.Length;)
        {
            known = Math.Min(known, _shared[token]);
            var bytes = _bytes.AsSpan(_starts[token], _starts[token + 1] - _starts[token]);
            for (; known < bytes.Length; known++)
            {
                var next = automaton.Next(states[known], bytes[known]);
                if (next == GrammarAutomaton.Dead) break;
                states[known + 1] = next;
            }
            if (known == bytes.Length) allowed.Add(_ids[token++]);
            else do token++; while (token < _ids.Length && _shared[token] > known);
        }
        return allowed;
    }
}

/// <summary>A set of token ids, a bit each: 19 KB where there are 150,000.</summary>
/// <param name="size">How many ids there are.</param>
internal sealed class TokenSet(int size)
{
    private const int Bits = 64;

    private readonly ulong[] _words = new ulong[(size + Bits - 1) / Bits];

    /// <summary>How many bytes a set of so many ids takes.</summary>
    public static int BytesOf(int size) => (size + Bits - 1) / Bits * sizeof(ulong);

    /// <summary>How many ids are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an id is in it.</summary>
    public bool this[int id] => id / Bits < _words.Length && ((_words[id / Bits] >> (id % Bits)) & 1) != 0;

    /// <summary>Adds an id that is not in it.</summary>
    public void Add(int id)
    {
        _words[id / Bits] |= 1UL << (id % Bits);
        Count++;
    }

    /// <summary>Makes the logits of all other ids minus infinity.</summary>
    /// <param name="logits">[vocab]; ids beyond the set's size are not in it.</param>
    public void RuleOutOthers(Span<float> logits)
    {
        for (var word = 0; word < _words.Length; word++)
        {
            var start = word * Bits;
            var end = Math.Min(start + Bits, logits.Length);
            if (start >= end) return;
            var others = ~_words[word];
            if (others == ulong.MaxValue) logits[start..end].Fill(float.NegativeInfinity);
            else
            {
                for (; others != 0; others &= others - 1)
                    if (start + BitOperations.TrailingZeroCount(others) is var id && id < end)
                        logits[id] = float.NegativeInfinity;
            }
        }
        if (logits.Length > _words.Length * Bits) logits[(_words.Length * Bits)..].Fill(float.NegativeInfinity);
    }
}
