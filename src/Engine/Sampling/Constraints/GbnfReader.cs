using System.Globalization;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Reads GBNF: <c>name ::= "text" [a-z]{1,3} (other | .)* &lt;[7]&gt; # comment</c>.</summary>
/// <param name="text">The grammar.</param>
/// <param name="parts">Grammars that it names as if they were its rules.</param>
internal sealed partial class GbnfReader(string text, IReadOnlyDictionary<string, Grammar> parts)
{
    private const int MostRepetitions = 10_000;
    private const int DeepestNesting = 200;

    private readonly List<GrammarRule> _rules = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(string Name, int At)> _uses = [];
    private int _at;
    private int _depth;

    /// <exception cref="GrammarException">The text is not a grammar.</exception>
    public Grammar Read()
    {
        for (SkipBlanks(lines: true); _at < text.Length; SkipBlanks(lines: true)) ReadRule();
        foreach (var (name, at) in _uses)
            if (_rules[_names[name]].Alternatives.Count == 0 && !AddPart(name))
                throw Error(at, $"the rule '{name}' is used and not defined");
        if (!_names.TryGetValue("root", out var root))
            throw new GrammarException("The grammar has no rule 'root', which a whole text must fit. Add root ::= ...");
        LeftRecursion.Refuse(_rules);
        return new Grammar(DeadEnds.Removed(_rules, root), root, text);
    }

    private bool AddPart(string name)
    {
        if (!parts.TryGetValue(name, out var part)) return false;
        var shift = _rules.Count;
        _rules.AddRange(part.Rules.Select(rule => rule with
        {
            Alternatives = [.. rule.Alternatives.Select(sequence => sequence.Select(Shifted).ToArray())],
        }));
        _rules[_names[name]] = new GrammarRule(name, [[GrammarElement.Reference(shift + part.Root)]]);
        return true;

        GrammarElement Shifted(GrammarElement one) => one.IsByte ? one : GrammarElement.Reference(one.Rule + shift);
    }

    private void ReadRule()
    {
        var start = _at;
        var name = ReadName();
        SkipBlanks(lines: false);
        if (!Take("::=")) throw Error(_at, $"'::=' must follow the rule name '{name}'");
        var rule = IndexOf(name);
        if (_rules[rule].Alternatives.Count > 0) throw Error(start, $"the rule '{name}' is defined twice");
        SkipBlanks(lines: true);
        _rules[rule] = new GrammarRule(name, ReadAlternatives(name, nested: false));
        if (_at < text.Length && text[_at] is not ('\n' or '\r')) throw Error(_at, $"'{text[_at]}' is unexpected");
    }

    private List<GrammarElement[]> ReadAlternatives(string name, bool nested)
    {
        var alternatives = new List<GrammarElement[]> { ReadSequence(name, nested) };
        while (NextIsBar(nested))
        {
            _at++;
            SkipBlanks(lines: true);
            alternatives.Add(ReadSequence(name, nested));
        }
        return alternatives;
    }

    // A line that begins with a bar continues the rule.
    private bool NextIsBar(bool nested)
    {
        var before = _at;
        SkipBlanks(lines: true);
        if (_at < text.Length && text[_at] == '|') return true;
        if (!nested) _at = before;
        return false;
    }

    private GrammarElement[] ReadSequence(string name, bool nested)
    {
        var sequence = new List<GrammarElement>();
        for (SkipBlanks(nested); _at < text.Length; SkipBlanks(nested))
        {
            if (ReadItem(name) is not { } item) break;
            sequence.AddRange(ReadRepetition(name, item));
        }
        return [.. sequence];
    }

    private GrammarElement[]? ReadItem(string name)
    {
        switch (text[_at])
        {
            case '"':
                return ReadLiteral();
            case '[':
                return ReadClass(name);
            case '.':
                _at++;
                return [Characters(name, [(0, 0x10FFFF)])];
            case '(':
                return ReadGroup(name);
            case '<':
                return ReadToken();
            case var c when IsNamed(c):
                var start = _at;
                var other = ReadName();
                _uses.Add((other, start));
                return [GrammarElement.Reference(IndexOf(other))];
            default:
                return null;
        }
    }

    private GrammarElement[] ReadGroup(string name)
    {
        var start = _at++;
        if (++_depth > DeepestNesting) throw Error(start, $"more than {DeepestNesting} groups stand within each other");
        var alternatives = ReadAlternatives(name, nested: true);
        _depth--;
        if (!Take(")")) throw Error(start, "the group has no closing bracket");
        return [Rule(name, alternatives)];
    }

    private GrammarElement[] ReadToken()
    {
        var start = _at;
        if (Take("<[") && ReadNumber() is { } id && Take("]>"))
            return [.. OrderedTokens.CodeOf(id).Select(one => GrammarElement.Bytes(one, one))];
        throw Error(start, "a special token is written by its id, as <[7]>");
    }

    private GrammarElement[] ReadRepetition(string name, GrammarElement[] item)
    {
        var start = _at;
        (int Least, int? Most) times = (1, 1);
        if (Take("*")) times = (0, null);
        else if (Take("+")) times = (1, null);
        else if (Take("?")) times = (0, 1);
        else if (Take("{")) times = ReadBounds(start);
        return times == (1, 1) ? item : Repeated(name, item, times.Least, times.Most);
    }

    private (int Least, int? Most) ReadBounds(int start)
    {
        var least = ReadNumber();
        int? most = least;
        if (Take(",")) most = ReadNumber();
        if (!Take("}") || (least is null && most is null)) throw Error(start, "a repetition is written {3}, {3,} or {3,5}");
        if (most < (least ?? 0)) throw Error(start, $"the repetition ends at {most}, before its beginning at {least}");
        if (Math.Max(least ?? 0, most ?? 0) > MostRepetitions)
            throw Error(start, $"more than {MostRepetitions:N0} repetitions are too many");
        return (least ?? 0, most);
    }

    private int? ReadNumber()
    {
        SkipBlanks(lines: false);
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]) && _at - start < 6) _at++;
        var number = _at > start ? int.Parse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture) : (int?)null;
        SkipBlanks(lines: false);
        return number;
    }

    private GrammarElement[] Repeated(string name, GrammarElement[] item, int least, int? most)
    {
        var once = item is [var only] ? only : Rule(name, [item]);
        IEnumerable<GrammarElement> needed = Enumerable.Repeat(once, least);
        if (most is null) return [.. needed, Endless(name, once)];
        // x{0,3} is (x (x x?)?)?
        GrammarElement? more = null;
        for (var i = least; i < most; i++) more = Rule(name, [more is { } rest ? [once, rest] : [once], []]);
        return more is { } optional ? [.. needed, optional] : [.. needed];
    }

    private GrammarElement Endless(string name, GrammarElement once)
    {
        var rule = Rule(name, [[]]);
        _rules[rule.Rule] = _rules[rule.Rule] with { Alternatives = [[once, rule], []] };
        return rule;
    }

    private GrammarElement Characters(string name, IEnumerable<(int Low, int High)> ranges)
    {
        var sequences = ranges.SelectMany(range => Utf8Ranges.Of(range.Low, range.High)).ToList();
        return sequences is [[var only]] ? only : Rule(name, sequences);
    }

    private GrammarElement Rule(string name, IReadOnlyList<GrammarElement[]> alternatives)
    {
        _rules.Add(new GrammarRule(name, alternatives));
        return GrammarElement.Reference(_rules.Count - 1);
    }

    private int IndexOf(string name)
    {
        if (_names.TryGetValue(name, out var index)) return index;
        _names[name] = _rules.Count;
        _rules.Add(new GrammarRule(name, []));
        return _rules.Count - 1;
    }

    private string ReadName()
    {
        var start = _at;
        while (_at < text.Length && IsNamed(text[_at])) _at++;
        return _at > start ? text[start.._at] : throw Error(_at, $"a rule must begin with a name, and '{text[_at]}' is none");
    }

    private void SkipBlanks(bool lines)
    {
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == '#')
                while (_at + 1 < text.Length && text[_at + 1] != '\n')
                    _at++;
            else if (!(text[_at] is ' ' or '\t' || (lines && text[_at] is '\n' or '\r')))
                return;
        }
    }

    private bool Take(string expected)
    {
        if (string.CompareOrdinal(text, _at, expected, 0, expected.Length) != 0) return false;
        _at += expected.Length;
        return true;
    }

    private static bool IsNamed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private GrammarException Error(int at, string what)
    {
        var before = text.AsSpan(0, Math.Min(at, text.Length));
        var (line, column) = (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
        return new GrammarException($"The grammar is wrong at line {line}, column {column}: {what}.");
    }
}
