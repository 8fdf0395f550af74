using System.Text;

namespace LlmRabbitHoles.Alice;

/// <summary>A context-free grammar of sentences, read from data/corpus/wordings.</summary>
/// <remarks>
/// A line at the margin names a rule; the indented lines below it are its alternatives, "3x " before one makes it three
/// times as likely. Inside: {country} is a slot, {Country} begins with a capital, {a animal} gets its article,
/// [red|green|] takes one of its choices, &lt;greeting&gt; is another rule. "=>" parts a question from its answer.
/// </remarks>
internal sealed class Wordings
{
    private readonly Dictionary<string, Rule> _rules = new(StringComparer.Ordinal);

    /// <summary>Every file of data/corpus/wordings.</summary>
    public static Wordings All { get; } = Load();

    public IEnumerable<string> Names => _rules.Keys.Order(StringComparer.Ordinal);

    public static Wordings Parse(IEnumerable<string> lines, string file = "wordings")
    {
        var wordings = new Wordings();
        wordings.Add(lines, file);
        wordings.CheckReferences();
        return wordings;
    }

    /// <summary>The words that stand in rules themselves, not in their slots.</summary>
    /// <param name="rule">Which rules, by name.</param>
    public IEnumerable<string> WordsOf(Func<string, bool> rule) =>
        _rules.Where(pair => rule(pair.Key)).SelectMany(pair => pair.Value.Words);

    public bool Has(string rule) => _rules.ContainsKey(rule);

    /// <summary>One sentence of the rule. An empty choice between two blanks leaves one.</summary>
    /// <exception cref="InvalidDataException">The rule is missing, or a slot has no value.</exception>
    public string Expand(string rule, Slots slots, Random random)
    {
        var text = new StringBuilder();
        Find(rule).Expand(this, slots, random, text);
        return text.Replace("  ", " ").ToString();
    }

    /// <summary>The rule's first alternative, which must hold no slots.</summary>
    public string First(string rule) => First(rule, []);

    /// <summary>The rule's first alternative.</summary>
    public string First(string rule, Slots slots) => EachOf(rule, slots).First();

    /// <summary>Each alternative of the rule once, for rules whose alternatives hold no choices.</summary>
    public IEnumerable<string> EachOf(string rule, Slots slots)
    {
        foreach (var pattern in Find(rule).Alternatives)
        {
            var text = new StringBuilder();
            pattern.Expand(this, slots, new Random(0), text);
            yield return text.ToString();
        }
    }

    /// <summary>A question and its answer, parted at "=>".</summary>
    public (string Question, string Answer) Ask(string rule, Slots slots, Random random)
    {
        var parts = Expand(rule, slots, random).Split(" => ");
        return parts.Length == 2 ? (parts[0], parts[1]) : throw new InvalidDataException(
            $"Rule '{rule}' gave \"{string.Join(" => ", parts)}\" with {parts.Length - 1} arrows; " +
            "it needs exactly one ' => ' between question and answer.");
    }

    internal Rule Find(string rule) => _rules.TryGetValue(rule, out var found) ? found : throw new InvalidDataException(
        $"No rule '{rule}' in data/corpus/wordings. Add it, or mend the name.");

    private static Wordings Load()
    {
        var wordings = new Wordings();
        foreach (var file in CorpusResource.Names("wordings/"))
            wordings.Add(CorpusResource.Lines(file), file);
        wordings.CheckReferences();
        return wordings;
    }

    private void Add(IEnumerable<string> lines, string file)
    {
        Rule? rule = null;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (!char.IsWhiteSpace(line[0]))
                _rules.Add(line.Trim(), rule = new Rule());
            else
                (rule ?? throw new InvalidDataException($"{file}:{number}: an alternative stands before any rule."))
                    .Add(line.Trim(), $"{file}:{number}");
        }
    }

    private void CheckReferences()
    {
        foreach (var name in _rules.Values.SelectMany(rule => rule.References))
            Find(name);
    }

    /// <summary>A rule's alternatives, each as often as its weight says.</summary>
    internal sealed class Rule
    {
        private readonly List<WordingPattern> _alternatives = [];

        public IEnumerable<WordingPattern> Alternatives => _alternatives.Distinct();

        public IEnumerable<string> References => _alternatives.SelectMany(pattern => pattern.References);

        public IEnumerable<string> Words => _alternatives.SelectMany(pattern => pattern.Words);

        public void Add(string line, string place)
        {
            var x = line.IndexOf("x ", StringComparison.Ordinal);
            var weighted = x is 1 or 2 && line.AsSpan(0, x).IndexOfAnyExceptInRange('0', '9') < 0;
            var pattern = WordingPattern.Parse(weighted ? line[(x + 2)..] : line, place);
            for (var times = weighted ? int.Parse(line.AsSpan(0, x)) : 1; times > 0; times--)
                _alternatives.Add(pattern);
        }

        public void Expand(Wordings wordings, Slots slots, Random random, StringBuilder text) =>
            _alternatives[random.Next(_alternatives.Count)].Expand(wordings, slots, random, text);
    }
}
