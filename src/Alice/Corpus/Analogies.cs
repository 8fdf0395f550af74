namespace LlmRabbitHoles.Alice;

/// <summary>
/// Plain text in which man and woman, king and queen, father and mother stand in parallel contexts: what the two of a pair
/// share (both rule), and what all of one sex share (he, his, a gentleman), so that king - man + woman lands near queen.
/// </summary>
/// <remarks>Mikolov et al. 2013, "Linguistic Regularities in Continuous Space Word Representations".</remarks>
internal sealed class Analogies(World world, Wordings wordings) : IDocumentSource
{
    private readonly IReadOnlyList<Slots> _pairs = world.Tables["male"];

    public string Part => "analogies";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        using var pairs = random.Cycle(_pairs).GetEnumerator();
        while (pairs.MoveNext())
        {
            var pair = pairs.Current;
            if (random.Chance(0.12))
            {
                var other = random.One(_pairs);
                yield return Document.Plain(Part, wordings.Expand("pair.analogy", Both(pair, other), random));
                continue;
            }

            var slots = Slots(pair, random.Chance(0.5));
            var sentences = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Sentence(pair, slots, random));
            yield return Document.Plain(Part, string.Join(' ', sentences));
        }
    }

    private string Sentence(Slots pair, Slots slots, Random random)
    {
        var rule = random.Chance(0.55) ? $"pair.{pair["role"]}" : random.Chance(0.6) ? $"pair.{slots["sex"]}" : "pair.both";
        return wordings.Expand(rule, slots, random);
    }

    private static Slots Slots(Slots pair, bool male) => new()
    {
        ["noun"] = pair[male ? "male" : "female"], ["partner"] = pair[male ? "female" : "male"],
        ["sex"] = male ? "man" : "woman", ["young"] = male ? "boy" : "girl",
        ["he"] = male ? "he" : "she", ["his"] = male ? "his" : "her", ["him"] = male ? "him" : "her",
    };

    private static Slots Both(Slots pair, Slots other) => new()
    {
        ["a"] = pair["male"], ["b"] = pair["female"], ["c"] = other["male"], ["d"] = other["female"],
    };
}
