namespace LlmRabbitHoles.Book;

/// <summary>The first page: the question, and the map of all rabbit holes below it.</summary>
internal static class MapPage
{
    private static readonly string[] Questions =
    [
        "What is the capital of France?", "What do rabbits eat?", "My name is Mia. What is my name?", "What is 17 + 25?",
        "Count from 3 to 9.", "Who won the World Cup in 2050?",
    ];

    public static string ToHtml(Contents contents, LiveModel live)
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
            {Talk(live)}
            <section aria-labelledby="the-map">
            <h2 id="the-map">The map</h2>
            <p class="legend">{all} rabbit holes on {contents.Curriculum.Holes.Max(hole => hole.Tier)} tiers below one question;
            {written} are <strong>written</strong>, the others <span class="planned">planned <span class="badge">planned</span></span>.
            The deeper a hole lies, the further down the colours go.</p>
            <nav class="atlas" aria-label="All rabbit holes">{MapTree.ToHtml(contents, null, questions: true)}</nav>
            </section>
            """);
    }

    private static string Talk(LiveModel live)
    {
        if (!live.IsThere)
            return "";
        var questions = Questions.Select(question => $"<li>{Html.Escape(question)}</li>");
        return $"""
            <section class="talk" aria-labelledby="talk">
            <h2 id="talk">Talk to Alice</h2>
            <p>She is small enough to take apart, not to talk with. She runs in this page, on your machine: nothing that you write
            leaves it. Six things to ask:</p>
            <alice-chat data-bytes="{live.Bytes}"><ul class="suggestions">{Html.Join(questions)}</ul></alice-chat>
            </section>
            """;
    }
}
