namespace LlmRabbitHoles.Alice;

/// <summary>Plain text that spells words and counts letters along them. Words of the evaluation are spelled, never counted.</summary>
internal sealed class SpellingDocuments(Wordings wordings) : IDocumentSource
{
    public string Part => "spelling";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        string[] all = [.. Letters.Trained, .. Letters.Untrained];
        while (true)
        {
            var lines = Enumerable.Range(0, random.Next(2, 7))
                .Select(_ => random.Chance(0.5) ? Spelling(random.One(all), random) : Counting(random));
            yield return Document.Plain(Part, string.Join('\n', lines));
        }
    }

    private string Spelling(string word, Random random) =>
        wordings.Expand("letters.spelling", new Slots { ["word"] = word, ["letters"] = Letters.Spell(word) }, random);

    private string Counting(Random random)
    {
        var letters = Letters.Of(random.Chance(0.4) ? Invented.Word(random, heldOut: false) : random.One(Letters.Trained), random);
        var spelled = random.Chance(0.6);
        return $"Question: {letters.Question(spelled, wordings, random)}\nAnswer: " +
            $"{(spelled ? "" : letters.Spelled + ": ")}{letters.Running} = {letters.Count}";
    }
}
