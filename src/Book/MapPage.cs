namespace LlmRabbitHoles.Book;

/// <summary>The first page: the question, and the map of all rabbit holes below it.</summary>
internal static class MapPage
{
    public static string ToHtml(Contents contents)
    {
        var (all, written) = (contents.Curriculum.Holes.Count, contents.Chapters.Count);
        var first = contents.Chapters[0];
        return PageFrame.ToHtml("LLM Rabbit Holes", "What really happens when you send a message to a language model?", 0, $"""
            <div class="hero">
            <div class="hero-text">
            <h1>What really happens when you send a message to a language model?</h1>
            <p>Follow it down, one rabbit hole at a time. Everything is computed in front of you, on a real transformer that was trained
            for this book.</p>
            <p><a class="begin" href="{first.File}">Begin at the top</a></p>
            </div>
            {Assets.Text("hero.svg")}
            </div>
            <section aria-labelledby="the-map">
            <h2 id="the-map">The map</h2>
            <p class="legend">{all} rabbit holes on {contents.Curriculum.Holes.Max(hole => hole.Tier)} tiers below one question;
            {written} are <strong>written</strong>, the others <span class="planned">planned <span class="badge">planned</span></span>.
            The deeper a hole lies, the further down the colours go.</p>
            <nav class="atlas" aria-label="All rabbit holes">{MapTree.ToHtml(contents, null, questions: true)}</nav>
            </section>
            """);
    }
}
