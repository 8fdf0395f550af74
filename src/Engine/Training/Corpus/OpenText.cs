namespace LlmRabbitHoles.Training;

/// <summary>Openly licensed sentences: the sample in data/corpus/open-text.txt.br, one sentence a line.</summary>
internal sealed class OpenText : IDocumentSource
{
    public const string Resource = "open-text.txt.br";

    public string Part => "open text";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        string[] sentences = [.. CorpusResource.Lines(Resource)];
        using var next = random.Cycle(sentences).GetEnumerator();
        while (true)
        {
            var lines = new List<string>();
            for (var count = random.Next(1, 5); count > 0 && next.MoveNext(); count--)
                lines.Add(next.Current);
            yield return Document.Plain(Part, string.Join(random.Chance(0.5) ? ' ' : '\n', lines));
        }
    }
}
