using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Book;

/// <summary>The words of the field, each with a link to the place that explains it.</summary>
internal static class GlossaryPage
{
    /// <summary>Where the glossary explains the term.</summary>
    public static string AddressOf(GlossaryTerm term) => $"{BookBuilder.GlossaryFile}#{Slug.Of(term.Term)}";

    public static string ToHtml(Contents contents, SearchIndex index)
    {
        foreach (var term in contents.Glossary.Terms)
            index.Add(AddressOf(term), "Glossary", term.Term, $"{string.Join(' ', term.Also)} {term.Means}");
        var entries = contents.Glossary.Terms.Select(term => Entry(contents, term));
        var question = $"{contents.Glossary.Terms.Count} words, each with the place that explains it.";
        return PageFrame.ToHtml("Glossary · LLM Rabbit Holes", "The words of the field, each with the place that explains it.", 0, $"""
            <header class="chapter-head"><h1>Glossary</h1><p class="question">{question}</p></header>
            <dl class="glossary">{Html.Join(entries)}</dl>
            """, MapTree.ToHtml(contents, null, questions: false));
    }

    private static string Entry(Contents contents, GlossaryTerm term)
    {
        var hole = contents.Curriculum[term.Hole];
        var place = contents.Find(hole) is { } chapter
            ? $"<a href=\"{contents.Explained.GetValueOrDefault(term, chapter.File)}\">{Html.Escape(hole.Title)}</a>"
            : MapTree.Link(contents, hole);
        var also = term.Also.Count > 0 ? $" <span class=\"also\">({Html.Escape(string.Join(", ", term.Also))})</span>" : "";
        return $"<div class=\"term\" id=\"{Slug.Of(term.Term)}\"><dt>{Html.Escape(term.Term)}{also}</dt><dd>" +
            $"{Html.Escape(term.Means)} <span class=\"where\">→ {place}</span></dd></div>\n";
    }
}
