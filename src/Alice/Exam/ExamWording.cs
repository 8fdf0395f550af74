using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>One template of data/exam: what a person says, with slots.</summary>
/// <remarks>In the notation of <see cref="Wordings"/>. A template in capitals has its values in capitals too; "~ " before it puts all of it
/// in small letters.</remarks>
internal sealed partial class ExamWording
{
    private const string Quiet = "~ ";
    private static readonly Wordings NoRules = Wordings.Parse([]);
    private readonly WordingPattern _pattern;
    private readonly bool _isQuiet;
    private readonly bool _isShouted;

    /// <param name="topic">The line that it stands under.</param>
    /// <param name="source">As written.</param>
    /// <param name="place">File and line, for errors and counts.</param>
    public ExamWording(string topic, string source, string place)
    {
        (Topic, Place) = (topic, place);
        _isQuiet = source.StartsWith(Quiet, StringComparison.Ordinal);
        Source = _isQuiet ? source[Quiet.Length..] : source;
        _pattern = WordingPattern.Parse(Source.Replace("\\n", "\n", StringComparison.Ordinal), place);
        if (_pattern.References.Count > 0)
            throw new InvalidDataException(
                $"{place}: \"{source}\" names the rule <{_pattern.References[0]}>. Templates of the exam have none.");
        var literal = Slot().Replace(Source, "");
        _isShouted = literal.Any(char.IsUpper) && !literal.Any(char.IsLower);
    }

    /// <summary>What it asks for: "country.capital".</summary>
    public string Topic { get; }

    /// <summary>As written, without the mark of small letters.</summary>
    public string Source { get; }

    /// <summary>File and line.</summary>
    public string Place { get; }

    /// <summary>The names of its slots.</summary>
    public IEnumerable<string> SlotNames => Slot().Matches(Source).Select(slot => Bare(slot.Groups[1].Value)).Distinct();

    /// <summary>What a person types.</summary>
    /// <exception cref="InvalidDataException">A slot has no value.</exception>
    public string Fill(Slots slots, Random random)
    {
        var text = new System.Text.StringBuilder();
        _pattern.Expand(NoRules, slots, random, text);
        return _isShouted ? text.ToString().ToUpperInvariant() : _isQuiet ? text.ToString().ToLowerInvariant() : text.ToString();
    }

    /// <summary>"A animal" is the slot animal.</summary>
    internal static string Bare(string slot)
    {
        var name = char.ToLowerInvariant(slot[0]) + slot[1..];
        return name.StartsWith("a ", StringComparison.Ordinal) ? name[2..] : name;
    }

    [GeneratedRegex(@"\{([^}]+)\}")]
    internal static partial Regex Slot();
}

/// <summary>The templates of one file of data/exam by topic.</summary>
internal sealed class ExamWordings
{
    private readonly Dictionary<string, List<ExamWording>> _topics = new(StringComparer.Ordinal);
    private readonly string _file;

    private ExamWordings(string file) => _file = file;

    /// <summary>The files that hold templates and nothing else.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        "facts", "thinking", "tools", "memory", "forgetting", "skills", "planning", "structure", "stopping", "honesty", "injection",
        "letters", "small-talk", "follow-ups",
    ];

    public IEnumerable<string> Topics => _topics.Keys;

    public IEnumerable<ExamWording> All => _topics.Values.SelectMany(topic => topic);

    /// <exception cref="InvalidDataException">The file has no such topic.</exception>
    public IReadOnlyList<ExamWording> this[string topic] => _topics.TryGetValue(topic, out var found)
        ? found
        : throw new InvalidDataException($"data/exam/{_file}.txt has no topic '{topic}'. It has {string.Join(", ", _topics.Keys)}.");

    public bool Has(string topic) => _topics.ContainsKey(topic);

    /// <summary>Reads data/exam/<paramref name="file"/>.txt.</summary>
    public static ExamWordings Read(string file) => Parse(CorpusResource.ExamLines(file + ".txt"), file);

    /// <exception cref="InvalidDataException">A template stands before any topic, or is none.</exception>
    internal static ExamWordings Parse(IEnumerable<string> lines, string file)
    {
        var wordings = new ExamWordings(file);
        string? topic = null;
        foreach (var (index, line) in lines.Index())
        {
            var place = $"data/exam/{file}.txt:{index + 1}";
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (!char.IsWhiteSpace(line[0]))
                wordings._topics.TryAdd(topic = line.Trim(), []);
            else
                wordings._topics[topic ?? throw new InvalidDataException($"{place}: a template stands before any topic.")]
                    .Add(new ExamWording(topic, line.Trim(), place));
        }
        return wordings;
    }
}
