namespace LlmRabbitHoles.Book;

/// <summary>The frame that all pages have around their content.</summary>
internal static class PageFrame
{
    // The mark: an ear on either side of a hole.
    private const string Ears = "M11 19C7 12 7 3 10.500 3S14.500 11 14 18zM21 19c4-7 4-16 .5-16S17.500 11 18 18z";

    private const string Mark = """<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">""" +
        $"""<path d="{Ears}" fill="currentColor"/><ellipse cx="16" cy="23" rx="13" ry="6" fill="currentColor"/></svg>""";

    private const string Icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E" +
        "%3Cpath fill='%23b4552d' d='" + Ears + "'/%3E%3Cellipse fill='%23b4552d' cx='16' cy='23' rx='13' ry='6'/%3E%3C/svg%3E";

    // Before the first paint, so that no page flashes in the wrong colours.
    private const string Early = "(function(r){r.classList.add('js');" +
        "try{for(var k of ['theme','code']){var v=localStorage.getItem('rabbit-'+k);if(v)r.dataset[k]=v}}catch(e){}})" +
        "(document.documentElement)";

    private const string Origin =
        "Made by <code>./rabbit book</code> from executed notebooks. Every number was computed by the cell beside it.";

    /// <param name="title">Of the page.</param>
    /// <param name="description">In a sentence.</param>
    /// <param name="tier">Gives the page its colour.</param>
    /// <param name="body">The content of main.</param>
    /// <param name="map">The map beside it; empty where the page is the map.</param>
    /// <param name="aside">The table of contents of the page; empty for none.</param>
    public static string ToHtml(string title, string description, int tier, string body, string map = "", string aside = "") => $"""
        <!doctype html>
        <html lang="en" data-tier="{tier}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Html.Escape(title)}</title>
        <meta name="description" content="{Html.Escape(description)}">
        <meta name="color-scheme" content="light dark">
        <script>{Early}</script>
        <link rel="icon" href="{Icon}">
        <link rel="stylesheet" href="assets/katex/katex.min.css">
        <link rel="stylesheet" href="assets/book.css">
        <script defer src="assets/search-index.js"></script>
        <script defer src="assets/book.js"></script>
        <script defer src="assets/alice/alice.js"></script>
        <script defer src="assets/components.js"></script>
        </head>
        <body>
        <a class="skip" href="#content">Skip to the text</a>
        <header class="top">
        {(map.Length > 0 ? "<button type=\"button\" class=\"map-button\" aria-expanded=\"false\" aria-controls=\"map\">Map</button>" : "")}
        <a class="brand" href="{BookBuilder.MapFile}" aria-label="LLM Rabbit Holes">{Mark}<span>LLM Rabbit Holes</span></a>
        <nav class="tools" aria-label="Tools">
        <a href="{BookBuilder.GlossaryFile}">Glossary</a>
        <a href="{BookBuilder.VocabularyFile}">Cheat sheet</a>
        <button type="button" class="search-button" aria-haspopup="dialog">Search <kbd>/</kbd></button>
        <button type="button" class="theme-button" aria-label="Dark colours" aria-pressed="false">◐</button>
        </nav>
        </header>
        <div class="layout{(map.Length > 0 ? "" : " wide")}">
        {(map.Length > 0 ? $"<nav id=\"map\" class=\"sidebar\" aria-label=\"All rabbit holes\">{map}</nav>" : "")}
        <main id="content" tabindex="-1">
        {body}
        </main>
        {aside}
        </div>
        <dialog class="search" aria-label="Search the book">
        <form method="dialog" role="search">
        <label for="search-text">Search the book</label>
        <input id="search-text" type="search" autocomplete="off" spellcheck="false" placeholder="softmax, cache, ...">
        <button type="submit" class="close" aria-label="Close the search">×</button>
        </form>
        <p class="search-note" role="status"></p>
        <ul id="search-results" aria-label="Places found"></ul>
        </dialog>
        <footer class="foot"><p>{Origin}</p></footer>
        </body>
        </html>

        """;
}
