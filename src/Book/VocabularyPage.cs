using System.Reflection;
using System.Xml.Linq;
using LlmRabbitHoles.Lessons;

namespace LlmRabbitHoles.Book;

/// <summary>What a cell can say: every name of the notebooks' vocabulary with its documentation, from the library itself.</summary>
internal static class VocabularyPage
{
    private const string Name = "What a cell can say";

    // What a cell calls the values, in the order in which a reader meets them.
    private static readonly (Type Type, string Value, string Title)[] Types =
    [
        (typeof(Cells), "", "Without a prefix"),
        (typeof(LessonModel), "alice", "A model"),
        (typeof(Vector), "vector", "A vector"),
        (typeof(Distribution), "next", "What may come next"),
        (typeof(Answer), "answer", "An answer"),
        (typeof(LessonCache), "cache", "A cache"),
        (typeof(ReadingStep), "step", "A step of reading"),
        (typeof(LessonTokenizer), "tokenizer", "A tokenizer"),
    ];

    public static string ToHtml(Contents contents, SearchIndex index)
    {
        var docs = XDocument.Load(Path.ChangeExtension(typeof(Cells).Assembly.Location, ".xml"));
        var sections = Types.Select(part => Section(part.Type, part.Value, part.Title, docs));
        var names = Types.SelectMany(part => Members(part.Type)).Select(member => member.Name);
        index.Add(BookBuilder.VocabularyFile, Name, "", string.Join(' ', names));
        const string question = "Every name that the notebooks' first cell brings. Try them in a cell of your own.";
        return PageFrame.ToHtml($"{Name} · LLM Rabbit Holes", question, 0, $"""
            <header class="chapter-head"><h1>{Name}</h1><p class="question">{question}</p></header>
            {Html.Join(sections)}
            """, MapTree.ToHtml(contents, null, questions: false));
    }

    private static string Section(Type type, string value, string title, XDocument docs)
    {
        var entries = Members(type).GroupBy(member => member.Name).SelectMany(same => Entries(same.ToList(), value, docs));
        return $"<h2 id=\"{Slug.Of(title)}\">{title}</h2><dl class=\"glossary\">{Html.Join(entries)}</dl>";
    }

    private static IEnumerable<string> Entries(List<MemberInfo> same, string value, XDocument docs)
    {
        var summaries = Summaries(same[0], docs);
        foreach (var (index, member) in same.Index())
        {
            // An overload may inherit the words of the first.
            var summary = summaries.ElementAtOrDefault(index) is { Length: > 0 } own ? own : summaries.FirstOrDefault() ?? "";
            var prefix = value.Length == 0 ? "" : (IsStatic(member) ? member.DeclaringType!.Name : value) + ".";
            yield return $"<div class=\"term\"><dt><code>{Html.Escape(prefix + Called(member))}</code></dt>" +
                $"<dd>{Html.Escape(summary)}</dd></div>\n";
        }
    }

    private static IEnumerable<MemberInfo> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => member is PropertyInfo { Name: not "Item" }
            || (member is MethodInfo { IsSpecialName: false } method && method.GetBaseDefinition() == method
                && method.Name is not ("Dispose" or "GetEnumerator")));

    private static bool IsStatic(MemberInfo member) => member is MethodInfo { IsStatic: true };

    private static string Called(MemberInfo member) => member is MethodInfo method
        ? $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})"
        : member.Name;

    private static List<string> Summaries(MemberInfo member, XDocument docs)
    {
        var id = $"{(member is MethodInfo ? "M" : "P")}:{member.DeclaringType!.FullName}.{member.Name}";
        return [.. docs.Descendants("member")
            .Where(one => (string)one.Attribute("name")! is var name && (name == id || name.StartsWith(id + "(", StringComparison.Ordinal)))
            .Select(one => Plain(one.Element("summary")))];
    }

    private static string Plain(XElement? summary) => summary is null ? "" : string.Join(' ', string.Concat(summary.Nodes().Select(node =>
        node is XElement { HasElements: false } element && element.Attributes().FirstOrDefault() is { } named && element.Value.Length == 0
            ? named.Value.Split('(')[0].Split('.', ':')[^1]
            : node is XElement written ? written.Value : node.ToString()))
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
