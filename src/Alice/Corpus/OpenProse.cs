namespace LlmRabbitHoles.Alice;

/// <summary>Real English: paragraphs of novels and definitions of words, one a line in data/corpus/open-prose.txt.br.</summary>
/// <remarks>The paragraphs come again and again, so it is they that are kept for validation, and not the documents made of
/// them.</remarks>
internal sealed class OpenProse : IDocumentSource
{
    public const string Resource = "open-prose.txt.br";

    private const uint HeldOutOneIn = 60;
    private const int TrainingDocumentsBetween = 59;
    private const int LongestDocument = 900;

    public string Part => "open prose";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        var paragraphs = CorpusResource.Lines(Resource).ToLookup(paragraph => CorpusBuilder.Draws(paragraph, HeldOutOneIn));
        using var taught = random.Cycle([.. Documents(paragraphs[false])]).GetEnumerator();
        foreach (var held in random.Shuffled(Documents(paragraphs[true])))
        {
            for (var count = TrainingDocumentsBetween; count > 0 && taught.MoveNext(); count--) yield return Taught(taught.Current);
            yield return Document.Plain(Part, held) with { IsHeldOut = true };
        }
        while (taught.MoveNext()) yield return Taught(taught.Current);
    }

    private Document Taught(string text) => Document.Plain(Part, text) with { IsHeldOut = false };

    /// <summary>Neighbouring paragraphs together, as long as they are short.</summary>
    private static IEnumerable<string> Documents(IEnumerable<string> paragraphs)
    {
        var document = "";
        foreach (var paragraph in paragraphs)
        {
            if (document.Length > 0 && document.Length + paragraph.Length > LongestDocument)
            {
                yield return document;
                document = "";
            }
            document += document.Length > 0 ? "\n" + paragraph : paragraph;
        }
        if (document.Length > 0) yield return document;
    }
}
