using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>A member's documentation for people: its summary, parameters, result, exceptions and remarks.</summary>
/// <param name="asMarkdown">Whether names are set in backticks and headings in bold.</param>
internal sealed partial class DocumentationText(bool asMarkdown)
{
    /// <summary>The text of a member's element; empty for one that says nothing or is not well formed.</summary>
    public string Of(string? xml) => Parse(xml) is { } member ? Of(member) : "";

    /// <summary>Only the summary.</summary>
    public string Summary(string? xml) => TextOf(Parse(xml)?.Element("summary"));

    /// <summary>Only what is said about one parameter.</summary>
    public string Parameter(string? xml, string name) =>
        TextOf(Parse(xml)?.Elements("param").FirstOrDefault(one => (string?)one.Attribute("name") == name));

    private static XElement? Parse(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml))
            return null;
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private string Of(XElement member)
    {
        var parts = new List<string>();
        void Add(string text)
        {
            if (text.Length > 0)
                parts.Add(text);
        }

        Add(TextOf(member.Element("summary")));
        Add(List("Parameters",
            member.Elements("typeparam").Concat(member.Elements("param")).Select(one => Entry((string?)one.Attribute("name"), one))));
        Add(Section("Returns", TextOf(member.Element("returns"))));
        Add(List("Exceptions", member.Elements("exception").Select(one => Entry(NameOf((string?)one.Attribute("cref")), one))));
        Add(Section("Remarks", TextOf(member.Element("remarks"))));
        return string.Join("\n\n", parts);
    }

    private string Entry(string? name, XElement element) => $"{Code(name ?? "")}: {TextOf(element).ReplaceLineEndings(" ")}";

    private string List(string title, IEnumerable<string> entries)
    {
        var lines = string.Join('\n', entries.Select(entry => asMarkdown ? $"- {entry}" : $"  {entry}"));
        return lines.Length == 0 ? "" : $"{Title(title)}\n{(asMarkdown ? "\n" : "")}{lines}";
    }

    private string Section(string title, string text) => text.Length == 0 ? "" : $"{Title(title)} {text}";

    private string Title(string title) => asMarkdown ? $"**{title}:**" : $"{title}:";

    private string Code(string text) => asMarkdown && text.Length > 0 ? $"`{text}`" : text;

    private string TextOf(XElement? element)
    {
        if (element is null)
            return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
            text.Append(TextOf(node));
        return Blanks().Replace(text.ToString().Replace("\n ", "\n", StringComparison.Ordinal), "\n\n").Trim();
    }

    private string TextOf(XNode node) => node switch
    {
        XText words => Space().Replace(words.Value, " "),
        XElement { Name.LocalName: "see" or "seealso" } see =>
            Code((string?)see.Attribute("langword") ?? NameOf((string?)see.Attribute("cref")) ?? see.Value),
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => Code((string?)parameter.Attribute("name") ?? ""),
        XElement { Name.LocalName: "c" } code => Code(code.Value),
        XElement { Name.LocalName: "code" } code =>
            asMarkdown ? $"\n\n```csharp\n{code.Value.Trim('\n', '\r')}\n```\n\n" : $"\n\n{code.Value.Trim('\n', '\r')}\n\n",
        XElement { Name.LocalName: "para" or "item" or "list" } block => $"\n\n{TextOf(block)}\n\n",
        XElement { Name.LocalName: "br" } => "\n",
        XElement other => TextOf(other),
        _ => "",
    };

    /// <summary>The short name in a reference: "WriteLine" of "M:System.Console.WriteLine(System.String)".</summary>
    private static string? NameOf(string? reference)
    {
        if (reference is null)
            return null;
        var name = reference.Split('(')[0];
        name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var dot = reference.StartsWith("T:", StringComparison.Ordinal)
            ? name.LastIndexOf('.')
            : name.LastIndexOf('.', Math.Max(name.LastIndexOf('.') - 1, 0));
        return Arity().Replace(name[(dot + 1)..], "");
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();

    [GeneratedRegex("\\s*\\n\\s*\\n\\s*")]
    private static partial Regex Blanks();

    [GeneratedRegex("``?\\d+")]
    private static partial Regex Arity();
}
