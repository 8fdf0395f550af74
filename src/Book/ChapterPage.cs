using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Book;

/// <summary>The page of a notebook.</summary>
internal sealed class ChapterPage(Contents contents, Chapter chapter, Typesetter typesetter, SearchIndex index)
{
    private readonly ChapterText _text = new(contents, chapter, typesetter, index);
    private readonly Dictionary<ClaimRecord, string> _claims = Linked(chapter.Notebook);

    private RabbitHole Hole => chapter.Hole;

    public string ToHtml()
    {
        index.Add(chapter.File, Hole.Title, "", $"{Hole.Title} {Hole.Question}");
        var cells = Html.Join(chapter.Notebook.Cells.Select(CellToHtml));
        return PageFrame.ToHtml($"{Hole.Title} · LLM Rabbit Holes", Hole.Question, Hole.Tier,
            $"<article>{Head()}{cells}</article>{Foot()}", MapTree.ToHtml(contents, chapter, questions: false), OnThisPage());
    }

    // 200 words a minute, and half a minute for a cell with what it shows.
    private int Minutes => (int)Math.Round(
        (chapter.Notebook.Cells.OfType<MarkdownCell>().Sum(cell => WordsIn(cell.Source)) / 200.0)
        + (chapter.Notebook.CodeCells.Count(cell => !cell.Tags.Intersect([LessonTags.Check, LessonTags.Solution]).Any()) / 2.0));

    private static int WordsIn(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;

    private string CellToHtml(Cell cell) => cell switch
    {
        CodeCell { IsEmpty: false } code => CellHtml.Of(code, chapter, typesetter),
        MarkdownCell prose => $"<div class=\"prose\" id=\"{Html.Escape(prose.Id)}\">" +
            $"{_text.ToHtml(ClaimText.Render(prose.Source, _claims.Keys, claim => _claims[claim]), prose.Id)}</div>\n",
        _ => "",
    };

    // A number in the text leads to the cell that computed it.
    private static Dictionary<ClaimRecord, string> Linked(Notebook notebook)
    {
        var cells = notebook.CodeCells.Where(cell => !cell.IsEmpty).ToList();
        return NotebookClaims.Of(notebook).DistinctBy(found => found.Claim).ToDictionary(
            found => found.Claim,
            found => $"<a class=\"claim\" href=\"#{cells[found.Cell - 1].Id}\" title=\"Computed by cell {found.Cell}\">" +
                $"{Html.Escape(found.Claim.Prose)}</a>");
    }

    private string Head()
    {
        var way = Html.Join(Above(Hole).Select(hole => $"<li>{MapTree.Link(contents, hole)}</li>"));
        var before = string.Join(", ", Hole.Prerequisites.Select(id => MapTree.Link(contents, contents.Curriculum[id])));
        var number = contents.Curriculum.NumberOf(Hole);
        return $"""
            <header class="chapter-head">
            {(way.Length > 0 ? $"<nav class=\"way\" aria-label=\"The way down\"><ol>{way}</ol></nav>" : "")}
            <p class="depth">{Gauge()}<span>{(Hole.Tier == 0 ? "The surface" : $"Tier {Hole.Tier} · {number}")}</span></p>
            <h1>{Html.Escape(Hole.Title)}</h1>
            <p class="question">{Html.Escape(Hole.Question)}</p>
            <p class="reading"><span>About {Minutes} minutes</span><button type="button" class="code-button">Hide the code</button></p>
            {(before.Length > 0 ? $"<p class=\"before\">Read before: {before}</p>" : "")}
            </header>

            """;
    }

    private string Gauge()
    {
        var deepest = contents.Curriculum.Holes.Max(hole => hole.Tier);
        var layers = Enumerable.Range(0, deepest + 1).Select(
            tier => $"<i data-tier=\"{tier}\"{(tier == Hole.Tier ? " class=\"here\"" : "")}></i>");
        return $"<span class=\"gauge\" aria-hidden=\"true\">{Html.Join(layers)}</span>";
    }

    private string Foot()
    {
        var deeper = contents.Curriculum.ChildrenOf(Hole).Select(Deeper).ToList();
        return $"""
            <nav class="onward" aria-label="From here">
            {(deeper.Count > 0 ? $"<h2 id=\"down-from-here\">Down from here</h2><ul class=\"deeper\">{Html.Join(deeper)}</ul>" : "")}
            <div class="beside">{Beside("previous", "Previous", -1)}{Beside("next", "Next", 1)}</div>
            </nav>
            """;
    }

    private string Deeper(RabbitHole hole) =>
        $"<li data-tier=\"{hole.Tier}\">{MapTree.Link(contents, hole)}<p class=\"question\">{Html.Escape(hole.Question)}</p></li>";

    private string Beside(string side, string name, int places) => contents.Beside(chapter, places) is { } other
        ? $"<a class=\"{side}\" rel=\"{(places < 0 ? "prev" : "next")}\" href=\"{other.File}\" data-tier=\"{other.Hole.Tier}\">" +
            $"<small>{name}</small> {Html.Escape(other.Hole.Title)}</a>"
        : "<span></span>";

    private string OnThisPage()
    {
        if (_text.Sections.Count < 2)
            return "";
        var sections = _text.Sections.Select(section => $"<li><a href=\"#{section.Id}\">{Html.Escape(section.Title)}</a></li>");
        return $"<nav class=\"contents\" aria-label=\"On this page\"><p>On this page</p><ol>{Html.Join(sections)}</ol></nav>";
    }

    private IEnumerable<RabbitHole> Above(RabbitHole hole) =>
        hole.Parent is { } id ? Above(contents.Curriculum[id]).Append(contents.Curriculum[id]) : [];
}
