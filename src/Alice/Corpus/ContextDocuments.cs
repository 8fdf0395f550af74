namespace LlmRabbitHoles.Alice;

/// <summary>Plain text that tells made-up things and asks for them at its end: the answer stands in the text or nowhere.</summary>
internal sealed class ContextDocuments(World world, Wordings wordings) : IDocumentSource
{
    private readonly Memories _memories = new(wordings);

    public string Part => "contexts";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var told = Memories.Some(random, random.Next(2, 8), heldOut: false);
            var untold = random.Next(1, Math.Min(3, told.Count));
            var sentences = told.Skip(untold).Select(memory => _memories.Tell(memory, random)).ToList();
            for (var more = random.Next(3); more > 0; more--)
                sentences.Insert(random.Next(sentences.Count + 1), Statement(random));
            var lines = new List<string> { string.Join(random.Chance(0.8) ? ' ' : '\n', sentences) };
            for (var questions = random.Next(1, 4); questions > 0; questions--)
            {
                var known = random.Chance(0.75);
                var memory = random.One(known ? told[untold..] : told[..untold]);
                var (question, answer) = _memories.Ask(memory, random, heldOut: false);
                lines.Add($"Question: {question}");
                lines.Add($"Answer: {(known ? answer : Recollection.NotTold)}");
            }

            yield return Document.Plain(Part, string.Join('\n', lines));
        }
    }

    private string Statement(Random random) => world.StatementOf(random.One(world.Lessons), wordings, random);
}
