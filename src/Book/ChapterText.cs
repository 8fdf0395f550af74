using System.Text.RegularExpressions;
using LlmRabbitHoles.Notebooks.Tiers;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LlmRabbitHoles.Book;

/// <summary>
/// The prose of one chapter: Markdown as HTML, with anchors, typeset formulas, and links that stay within the book.
/// </summary>
internal sealed class ChapterText(Contents contents, Chapter chapter, Typesetter typesetter, SearchIndex index)
{
    private static readonly MarkdownPipeline Format = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().UseAutoLinks().Build();

    private readonly HashSet<string> _ids = [.. chapter.Notebook.Cells.Select(cell => cell.Id)];
    private readonly HashSet<GlossaryTerm> _seen = [];
    private (string Id, string Title) _section = ("", "");

    /// <summary>The headings of the second level, for the table of contents.</summary>
    public List<(string Id, string Title)> Sections { get; } = [];

    /// <summary>The cell as HTML, without its first-level heading: the page writes that itself.</summary>
    /// <param name="markdown">The cell's text, numbers filled in.</param>
    /// <param name="cell">The cell's id.</param>
    public string ToHtml(string markdown, string cell)
    {
        var document = Markdown.Parse(markdown, Format);
        foreach (var title in document.OfType<HeadingBlock>().Where(heading => heading.Level == 1).ToList())
            document.Remove(title);
        foreach (var heading in document.Descendants<HeadingBlock>())
            Name(heading);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Lead(link);
        foreach (var emphasis in document.Descendants<EmphasisInline>().ToList())
            Explain(emphasis);
        foreach (var block in document)
            Note(block, cell);
        return Tables(Rendered(document, $"'{chapter.Hole.Notebook}', cell {cell}"));
    }

    private void Name(HeadingBlock heading)
    {
        var title = TextOf(heading);
        var slug = Slug.Of(title);
        var id = Enumerable.Range(1, 1000).Select(n => n == 1 ? slug : $"{slug}-{n}").First(_ids.Add);
        heading.GetAttributes().Id = id;
        if (heading.Level == 2)
            Sections.Add((id, title));
    }

    // Links between notebooks become links between pages; other files of the repository are not in the book.
    private void Lead(LinkInline link)
    {
        if (link.Url is not { Length: > 0 } url || url.StartsWith('#') || Uri.TryCreate(url, UriKind.Absolute, out _))
            return;
        var folder = Path.GetDirectoryName(Path.Combine("/", chapter.Hole.Notebook!))!;
        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(url.Split('#')[0])))[1..];
        if (path.StartsWith("tiers/drawings/", StringComparison.Ordinal))
            link.ReplaceBy(new HtmlInline(MachineDrawing.ToSvg(chapter.Hole, PageOf)));
        else if (contents.FindNotebook(path) is { } other)
            link.Url = other.File;
        else
            link.ReplaceBy(new CodeInline(path) { Content = path });
    }

    /// <summary>The first page below the root that is about a part of the machine; null where none is written.</summary>
    private string? PageOf(MachinePart part) => contents.Chapters.FirstOrDefault(
        other => other.Hole.Parent is not null && other.Hole.Id != chapter.Hole.Id && other.Hole.Parts.Contains(part))?.File;

    // A word is explained where its own hole first stresses it; elsewhere a stressed word links to the glossary.
    private void Explain(EmphasisInline emphasis)
    {
        if (emphasis.DelimiterCount != 1 || contents.Glossary.Find(TextOf(emphasis)) is not { } term || IsWithinLink(emphasis))
            return;
        if (term.Hole != chapter.Hole.Id)
            Wrap(emphasis, $"<a class=\"term\" href=\"{GlossaryPage.AddressOf(term)}\" title=\"{Html.Escape(term.Means)}\">", "</a>");
        else if (_seen.Add(term))
            Wrap(emphasis, $"<dfn id=\"{Place(term)}\">", "</dfn>");
    }

    private string Place(GlossaryTerm term)
    {
        var id = $"term-{Slug.Of(term.Term)}";
        contents.Explained[term] = $"{chapter.File}#{id}";
        return id;
    }

    private static bool IsWithinLink(Inline inline)
    {
        for (var above = inline.Parent; above is not null; above = above.Parent)
        {
            if (above is LinkInline)
                return true;
        }

        return false;
    }

    private static void Wrap(Inline inline, string before, string after)
    {
        inline.InsertBefore(new HtmlInline(before));
        inline.InsertAfter(new HtmlInline(after));
    }

    // A word that its hole never stresses is explained where it first occurs.
    private void Note(Block block, string cell)
    {
        var text = TextOf(block);
        foreach (var term in contents.Glossary.Terms.Where(term => term.Hole == chapter.Hole.Id && Mentions(text, term)))
            contents.Explained.TryAdd(term, $"{chapter.File}#{cell}");
        if (block is HeadingBlock heading)
            _section = (heading.GetAttributes().Id!, TextOf(heading));
        index.Add(_section.Id.Length == 0 ? chapter.File : $"{chapter.File}#{_section.Id}", chapter.Hole.Title, _section.Title, text);
    }

    private static bool Mentions(string text, GlossaryTerm term) => term.Also.Prepend(term.Term).Any(name =>
        Regex.IsMatch(
            text, $@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    private string Rendered(MarkdownDocument document, string place)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var html = new HtmlRenderer(writer);
        Format.Setup(html);
        html.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new FormulaInText(typesetter, place));
        html.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new FormulaBlock(typesetter, place));
        html.ObjectRenderers.Replace<CodeBlockRenderer>(new CodeInText(typesetter, place));
        html.Render(document);
        return writer.ToString();
    }

    // A wide table scrolls by itself, so that a phone's page does not.
    private static string Tables(string html) => html
        .Replace("<table>", "<div class=\"scroll\"><table>", StringComparison.Ordinal)
        .Replace("</table>", "</table></div>", StringComparison.Ordinal);

    private static string TextOf(MarkdownObject part) => part switch
    {
        LeafBlock { Inline: { } inline } => TextOf(inline),
        LeafBlock { Inline: null } leaf => leaf.Lines.ToString(),
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        ContainerInline inlines => string.Concat(inlines.Select(TextOf)),
        ContainerBlock blocks => string.Join(' ', blocks.Select(TextOf)),
        _ => "",
    };

    private sealed class FormulaInText(Typesetter typesetter, string place) : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline formula) =>
            renderer.Write(typesetter.Math(formula.Content.ToString(), formula.DelimiterCount > 1, place));
    }

    private sealed class FormulaBlock(Typesetter typesetter, string place) : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock formula) =>
            renderer.Write(typesetter.Math(formula.Lines.ToString(), display: true, place));
    }

    private sealed class CodeInText(Typesetter typesetter, string place) : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code) =>
            renderer.Write("<pre class=\"code\"><code>" +
                $"{typesetter.Code(code.Lines.ToString(), (code as FencedCodeBlock)?.Info ?? "", place)}</code></pre>");
    }
}
