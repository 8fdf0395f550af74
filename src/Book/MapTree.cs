using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Book;

/// <summary>The map as nested lists: written holes are links, planned ones are not, and the open page is marked.</summary>
internal static class MapTree
{
    /// <param name="contents">What there is.</param>
    /// <param name="here">The chapter that is open; null on other pages.</param>
    /// <param name="questions">Whether each hole shows its question.</param>
    public static string ToHtml(Contents contents, Chapter? here, bool questions) =>
        $"<ul class=\"map\">{Branch(contents, contents.Curriculum.Root, here, questions)}</ul>";

    /// <summary>The link to a hole, or its title alone while it is planned.</summary>
    public static string Link(Contents contents, RabbitHole hole, Chapter? here = null)
    {
        var number = hole.Parent is null ? "" : contents.Curriculum.NumberOf(hole);
        var title = $"{(number.Length > 0 ? $"<span class=\"number\">{number}</span> " : "")}<span class=\"title\">" +
            $"{Html.Escape(hole.Title)}</span>";
        return contents.Find(hole) is { } chapter
            ? $"<a href=\"{chapter.File}\"{(chapter == here ? " aria-current=\"page\"" : "")}>{title}</a>"
            : $"<span class=\"planned\">{title} <span class=\"badge\">planned</span></span>";
    }

    private static string Branch(Contents contents, RabbitHole hole, Chapter? here, bool questions)
    {
        var children = contents.Curriculum.ChildrenOf(hole).ToList();
        var question = questions ? $"<p class=\"question\">{Html.Escape(hole.Question)}</p>" : "";
        var below = children.Count == 0 ? "" : $"<ul>{Html.Join(children.Select(child => Branch(contents, child, here, questions)))}</ul>";
        return $"<li data-tier=\"{hole.Tier}\"><div class=\"hole\">{Link(contents, hole, here)}{question}</div>{below}</li>";
    }
}
