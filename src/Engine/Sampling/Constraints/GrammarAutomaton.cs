namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>
/// Reads a text byte by byte: a state is the set of all stacks of rules that the text so far allows. States and steps are worked out once,
/// when a text first needs them.
/// </summary>
/// <remarks>The tables of lazy determinization, as for regular expressions, over the stacks of a pushdown automaton. For one thread at a
/// time: a caller locks.</remarks>
internal sealed class GrammarAutomaton
{
    /// <summary>The state before the first byte.</summary>
    public const int Start = 0;

    /// <summary>The state that no text leaves.</summary>
    public const int Dead = -1;

    private const int Unknown = -2;
    private const int Bottom = 0;    // the empty stack: the text is whole

    private readonly List<GrammarElement?> _elements = [];    // of all alternatives, end to end; null ends one
    private readonly List<int[]> _starts = [];                // of the alternatives of each rule
    private readonly List<(int At, int Below)> _stacks = [(-1, -1)];
    private readonly Dictionary<(int At, int Below), int> _stackIds = [];
    private readonly Dictionary<string, int> _stateIds = new(StringComparer.Ordinal);
    private readonly List<(int[] Stacks, int[] Steps)> _states = [];

    public GrammarAutomaton(Grammar grammar)
    {
        foreach (var rule in grammar.Rules)
        {
            var starts = new List<int>();
            foreach (var alternative in rule.Alternatives)
            {
                starts.Add(_elements.Count);
                _elements.AddRange(alternative.Select(element => (GrammarElement?)element));
                _elements.Add(null);
            }
            _starts.Add([.. starts]);
        }
        var stacks = new SortedSet<int>();
        var seen = new HashSet<(int, int)>();
        foreach (var start in _starts[grammar.Root]) Expand(start, Bottom, stacks, seen);
        StateOf(stacks);
    }

    /// <summary>States met so far.</summary>
    public int StateCount => _states.Count;

    /// <summary>The state after one more byte, or <see cref="Dead"/>.</summary>
    public int Next(int state, byte next)
    {
        var steps = _states[state].Steps;
        return steps[next] != Unknown ? steps[next] : steps[next] = Step(_states[state].Stacks, next);
    }

    /// <summary>Whether the text may end here.</summary>
    public bool Accepts(int state) => _states[state].Stacks is [Bottom, ..];

    /// <summary>Whether the text must end here.</summary>
    public bool IsComplete(int state) => _states[state].Stacks is [Bottom];

    private int Step(int[] stacks, byte next)
    {
        var after = new SortedSet<int>();
        var seen = new HashSet<(int, int)>();
        foreach (var stack in stacks)
        {
            if (stack == Bottom) continue;
            var (at, below) = _stacks[stack];
            var range = _elements[at]!.Value;
            if (range.Low <= next && next <= range.High) Expand(at + 1, below, after, seen);
        }
        return after.Count == 0 ? Dead : StateOf(after);
    }

    /// <summary>Follows references and ends of rules until a byte is to be read.</summary>
    private void Expand(int at, int below, SortedSet<int> stacks, HashSet<(int, int)> seen)
    {
        var open = new Stack<(int At, int Below)>();
        open.Push((at, below));
        while (open.TryPop(out var one))
        {
            if (!seen.Add(one)) continue;
            if (_elements[one.At] is not { } element)
            {
                if (one.Below == Bottom) stacks.Add(Bottom);
                else open.Push(_stacks[one.Below]);
            }
            else if (element.IsByte)
            {
                stacks.Add(StackOf(one.At, one.Below));
            }
            else
            {
                // At the end of a rule nothing is left to return to, so a repetition does not grow the stack.
                var back = _elements[one.At + 1] is null ? one.Below : StackOf(one.At + 1, one.Below);
                foreach (var start in _starts[element.Rule]) open.Push((start, back));
            }
        }
    }

    private int StackOf(int at, int below)
    {
        if (_stackIds.TryGetValue((at, below), out var id)) return id;
        _stacks.Add((at, below));
        return _stackIds[(at, below)] = _stacks.Count - 1;
    }

    private int StateOf(SortedSet<int> stacks)
    {
        var key = string.Join(' ', stacks);
        if (_stateIds.TryGetValue(key, out var id)) return id;
        var steps = new int[256];
        Array.Fill(steps, Unknown);
        _states.Add(([.. stacks], steps));
        return _stateIds[key] = _states.Count - 1;
    }
}
