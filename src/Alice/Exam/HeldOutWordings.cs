using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Finds the templates and paragraphs of data/exam in documents, so that training can leave these out.</summary>
/// <remarks>A turn of the user or the system that equals a template, whatever stands in its slots, in any case and punctuation; a plain
/// text that shares eight words in a row with a paragraph; and what <see cref="HeldOutOffers"/> finds. Templates with fewer than two words
/// of their own find nothing. Safe on several threads.</remarks>
internal sealed class HeldOutWordings
{
    private const int FewestWords = 2;
    private const int SharedWords = 8;
    private const int LongestGreeting = 30;
    private const string Breaks = ".!?:,";
    private const string Mark = "qzx";
    private const string Quotes = "paragraphs";
    private const string Offers = "offers";
    private static readonly string Numbers = string.Join('|', Enumerable.Range(0, 20).Concat([20, 30, 40, 50, 60, 70, 80, 90])
        .Select(English.Number).OrderByDescending(word => word.Length));

    // One to five words, as few as fit; a number in figures or words; a letter; a whole question.
    private static readonly string Open = "[^ ]+(?: [^ ]+){0,4}?", Number = $"(?:[0-9]+|(?:{Numbers})(?:[- ](?:{Numbers}|hundred|and))*)";
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["letter"] = "[a-z]", ["he"] = "s?he", ["his"] = "(?:his|her)", ["question"] = ".+?", ["text"] = ".+?", ["form"] = ".+?",
        ["tell"] = ".+?", ["list"] = ".+?",
    };

    private static readonly HashSet<string> Figures = ["a", "b", "c", "n1", "n2", "coins", "minutes", "count", "price", "age", "number"];

    private readonly Dictionary<string, List<Finder>> _byWord = new(StringComparer.Ordinal);
    private readonly HashSet<long> _shared = [];
    private readonly ConcurrentDictionary<string, int> _found = new(StringComparer.Ordinal);

    public HeldOutWordings() : this(Templates, Paragraphs)
    {
    }

    /// <param name="templates">What no turn may equal.</param>
    /// <param name="paragraphs">What no plain text may quote.</param>
    internal HeldOutWordings(IEnumerable<ExamWording> templates, IEnumerable<string> paragraphs)
    {
        var finders = templates.SelectMany(template => Choices(template.Source).Select(source => new Finder(template, source)))
            .Where(finder => finder.Words.Length >= FewestWords).ToList();
        var frequency = finders.SelectMany(finder => finder.Words.Distinct()).CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        foreach (var finder in finders)
        {
            var rarest = finder.Words.OrderBy(word => frequency[word]).ThenByDescending(word => word.Length).First();
            if (!_byWord.TryGetValue(rarest, out var list)) _byWord.Add(rarest, list = []);
            list.Add(finder);
        }
        foreach (var paragraph in paragraphs) _shared.UnionWith(Runs(paragraph));
    }

    /// <summary>All templates of the exam.</summary>
    public static IEnumerable<ExamWording> Templates =>
        ExamWordings.Files.SelectMany(file => ExamWordings.Read(file).All)
            .Concat(ExamTool.All.SelectMany(tool => tool.Requests)).Concat(ExamForm.All.SelectMany(form => form.Sentences));

    /// <summary>The paragraphs of data/exam/paragraphs.txt, without the names of their sources.</summary>
    public static IReadOnlyList<string> Paragraphs { get; } =
        [.. ParagraphLines().Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..])];

    /// <summary>Where each paragraph is from, in their order.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. ParagraphLines().Select(line => line[..line.IndexOf(':')])];

    /// <summary>How often each template was found, by file and line; paragraphs as "paragraphs", tools and forms as "offers".</summary>
    public IReadOnlyDictionary<string, int> Found => _found;

    /// <summary>Whether a document says or quotes what the exam asks.</summary>
    public bool AreIn(Document document) => document.IsChat ? AreIn(document.Messages) : AreIn(document.Text);

    /// <summary>Whether a turn of the user or the system equals a template, or the turns have a tool or form of the exam.</summary>
    public bool AreIn(IReadOnlyCollection<Chat.ChatMessage> messages)
    {
        var any = false;
        foreach (var message in messages)
        {
            if (message.Role is not ("user" or "system") || Template(message.Content) is not { } template) continue;
            _found.AddOrUpdate(template.Place, 1, (_, count) => count + 1);
            any = true;
        }
        if (!HeldOutOffers.AreIn(messages)) return any;
        _found.AddOrUpdate(Offers, 1, (_, count) => count + 1);
        return true;
    }

    /// <summary>The template that a text equals, with a greeting or other few words before it or not; null if none. What stands behind a
    /// system message's tools does not count.</summary>
    public ExamWording? Template(string text)
    {
        var tools = text.IndexOf("\nTools:\n", StringComparison.Ordinal);
        if (tools >= 0) text = text[..tools];
        // "Hi Alice! " or "Quick question: ".
        var begin = text.AsSpan(0, Math.Min(text.Length, LongestGreeting)).IndexOfAny(Breaks) + 1;
        return Exactly(text) ?? (begin > 0 && begin < text.Length && text[begin] == ' ' ? Exactly(text[begin..]) : null);
    }

    private ExamWording? Exactly(string text)
    {
        var normalized = CorpusBuilder.Normalized(text);
        foreach (var word in normalized.Split(' ').Distinct())
        {
            if (!_byWord.TryGetValue(word, out var finders)) continue;
            foreach (var finder in finders)
                if (finder.Fits(normalized)) return finder.Template;
        }
        return null;
    }

    private static IEnumerable<string> ParagraphLines() =>
        CorpusResource.ExamLines("paragraphs.txt").Where(line => line.Length > 0 && line[0] != '#');

    private bool AreIn(string text)
    {
        var (quotes, fills) = (Runs(text).Any(_shared.Contains), HeldOutOffers.AreIn(text));
        if (quotes || fills) _found.AddOrUpdate(quotes ? Quotes : Offers, 1, (_, count) => count + 1);
        return quotes || fills;
    }

    // One number for each run of words.
    private static IEnumerable<long> Runs(string text)
    {
        // Dashes part words too, however many there are and whatever stands around them.
        var words = CorpusBuilder.Normalized(text).Split([' ', '-', '*', '+'], StringSplitOptions.RemoveEmptyEntries);
        for (var first = 0; first + SharedWords <= words.Length; first++)
        {
            var hash = 17L;
            for (var word = first; word < first + SharedWords; word++) hash = (hash * 1_000_003) ^ CorpusBuilder.HashCode(words[word]);
            yield return hash;
        }
    }

    // "[red|blue] hat" is two templates.
    private static IEnumerable<string> Choices(string source)
    {
        var open = source.LastIndexOf('[');
        if (open < 0) return [source];
        var close = source.IndexOf(']', open);
        return source[(open + 1)..close].Split('|').SelectMany(choice => Choices(source[..open] + choice + source[(close + 1)..]));
    }

    /// <summary>One template as an expression over normalized texts.</summary>
    private sealed class Finder
    {
        private readonly Regex _expression;

        public Finder(ExamWording template, string source)
        {
            Template = template;
            var slots = new List<string>();
            // A mark of letters stands for each slot while the words around it are normalized.
            var marked = CorpusBuilder.Normalized(ExamWording.Slot().Replace(source, slot =>
            {
                slots.Add(slot.Groups[1].Value);
                return Mark + (char)('a' + slots.Count - 1) + Mark;
            }));
            Words = [.. marked.Split(' ').Where(word => word.Length > 0 && !word.Contains(Mark))];
            var expression = Regex.Escape(marked);
            foreach (var (index, slot) in slots.Index())
                expression = expression.Replace(Mark + (char)('a' + index) + Mark, Expression(slot), StringComparison.Ordinal);
            _expression = new Regex($"^{expression}$", RegexOptions.CultureInvariant);
        }

        public ExamWording Template { get; }

        /// <summary>The words between its slots.</summary>
        public string[] Words { get; }

        public bool Fits(string normalized) => _expression.IsMatch(normalized);

        private static string Expression(string slot)
        {
            var name = ExamWording.Bare(slot);
            var value = Figures.Contains(name) ? Number : Kinds.GetValueOrDefault(name, Open);
            return slot.Length > 2 && slot[1] == ' ' ? $"(?:an? )?{value}" : value;
        }
    }
}
