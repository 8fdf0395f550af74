using System.Text;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Something that a tool can do, in several wordings: how it is described, how it is asked for, what comes back.</summary>
/// <remarks>Read from data/corpus/actions.txt, whose head explains the notation.</remarks>
internal sealed partial class ToolAction
{
    private const string Resource = "actions.txt";
    private const string Asking = "!~&?";

    private readonly Dictionary<char, List<WordingPattern>> _patterns = [];

    private ToolAction(string group, IReadOnlyList<(string Verb, string Noun)> names) => (Group, Names) = (group, names);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ToolAction> All { get; } = Read();

    /// <summary>Actions of one group are near each other, such as locking a door and opening it.</summary>
    public string Group { get; }

    /// <summary>Words that a telling name is made of.</summary>
    public IReadOnlyList<(string Verb, string Noun)> Names { get; }

    /// <summary>What it needs: "person", "city", "city2".</summary>
    public IReadOnlyList<string> Parameters { get; private set; } = [];

    /// <summary>What its results hold.</summary>
    public IReadOnlyList<string> Reported { get; private set; } = [];

    /// <summary>Telling names of single parameters.</summary>
    public Dictionary<string, string[]> Telling { get; } = new(StringComparer.Ordinal);

    /// <summary>The kinds of wordings by which it can be asked for: ! an order, ~ a thing, &amp; a clause, ? a whole question.</summary>
    public IReadOnlyList<char> Ways { get; private set; } = [];

    /// <summary>Whether it is something to do, and not only something to know.</summary>
    public bool IsOrder => _patterns.ContainsKey('!');

    /// <summary>A parameter's kind: "city" of "city2".</summary>
    public static string KindOf(string parameter) => parameter.TrimEnd('1', '2', '3');

    /// <summary>One wording: ':' of the description, '=' of what is reported, '>' of a result, or a way of asking.</summary>
    public string Expand(char mark, Slots slots, Random random)
    {
        var text = new StringBuilder();
        random.One(_patterns[mark]).Expand(Wordings.All, slots, random, text);
        return text.ToString();
    }

    private static List<ToolAction> Read()
    {
        var (actions, group, number) = (new List<ToolAction>(), "", 0);
        foreach (var line in CorpusResource.Lines(Resource))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '@') group = line[1..];
            else if (line[0] != ' ')
                actions.Add(new ToolAction(
                    group, [.. line.Split(", ").Select(name => name.Split(' ')).Select(name => (name[0], name[^1]))]));
            else actions[^1].Add(line.Trim(), $"{Resource}:{number}");
        }
        return actions;
    }

    private void Add(string line, string place)
    {
        var (mark, text) = (line[0], line[2..]);
        if (mark == '%')
        {
            foreach (var named in text.Split(' ').Select(part => part.Split(':'))) Telling.Add(named[0], named[1].Split(','));
            return;
        }
        if (mark == '=')
        {
            var colon = text.IndexOf(": ", StringComparison.Ordinal);
            var results = text[(colon + 2)..];
            _patterns.Add('=', [WordingPattern.Parse(text[..colon], place)]);
            _patterns.Add('>', [.. results.Split("; ").Select(result => WordingPattern.Parse(result, place))]);
            Reported = [.. SlotsOf(results)];
            return;
        }
        _patterns.Add(mark, [.. text.Split("; ").Select(part => WordingPattern.Parse(part, place))]);
        if (!Asking.Contains(mark)) return;
        Ways = [.. Ways, mark];
        foreach (var part in text.Split("; ").Select(part => SlotsOf(part).ToArray()))
        {
            if (Parameters.Count == 0) Parameters = part;
            if (!Parameters.ToHashSet().SetEquals(part))
                throw new InvalidDataException(
                    $"data/corpus/{place}: a way of asking has {string.Join(", ", part)}; the first has {string.Join(", ", Parameters)}.");
        }
    }

    private static IEnumerable<string> SlotsOf(string pattern) => Slot().Matches(pattern).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex(@"\{(?:a )?([a-z]+\d?)\}")]
    private static partial Regex Slot();
}
