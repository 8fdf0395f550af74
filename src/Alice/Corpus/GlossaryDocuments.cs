namespace LlmRabbitHoles.Alice;

/// <summary>Plain text that explains terms and tells general knowledge.</summary>
internal sealed class GlossaryDocuments : IDocumentSource
{
    public string Part => "definitions";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        (Glossary Glossary, GlossaryEntry Entry)[] all =
        [
            .. Glossary.Definitions.Entries.Select(entry => (Glossary.Definitions, entry)),
            .. Glossary.Trivia.Entries.Select(entry => (Glossary.Trivia, entry)),
        ];
        using var next = random.Cycle(all).GetEnumerator();
        while (next.MoveNext())
        {
            var sentences = new List<string>();
            for (var count = random.Chance(0.4) ? 1 : random.Next(2, 6); count > 0 && next.MoveNext(); count--)
                sentences.Add(next.Current.Glossary.Answer(next.Current.Entry, random));
            yield return Document.Plain(Part, string.Join(' ', sentences));
        }
    }
}
