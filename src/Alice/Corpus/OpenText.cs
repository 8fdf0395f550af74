namespace LlmRabbitHoles.Alice;

/// <summary>Openly licensed sentences: the sample in data/corpus/open-text.txt.br, one sentence a line.</summary>
/// <remarks>The sentences come again and again, so it is they that are kept for validation, and not the documents made of them.</remarks>
internal sealed class OpenText : IDocumentSource
{
    public const string Resource = "open-text.txt.br";

    private const int HeldOutOneIn = 20;
    private const int TrainingDocumentsBetween = 9;

    public string Part => "open text";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        var sentences = CorpusResource.Lines(Resource).ToLookup(sentence => CorpusBuilder.Draws(sentence, HeldOutOneIn));
        // These once, those for ever.
        using var held = random.Shuffled(sentences[true]).AsEnumerable().GetEnumerator();
        using var taught = random.Cycle([.. sentences[false]]).GetEnumerator();
        while (true)
        {
            for (var count = TrainingDocumentsBetween; count > 0; count--) yield return Next(taught, random, isHeldOut: false)!;
            if (Next(held, random, isHeldOut: true) is { } document) yield return document;
        }
    }

    private Document? Next(IEnumerator<string> sentences, Random random, bool isHeldOut)
    {
        var lines = new List<string>();
        for (var count = random.Next(1, 5); count > 0 && sentences.MoveNext(); count--) lines.Add(sentences.Current);
        return lines.Count == 0
            ? null
            : Document.Plain(Part, string.Join(random.Chance(0.5) ? ' ' : '\n', lines)) with { IsHeldOut = isHeldOut };
    }
}
