namespace LlmRabbitHoles.Alice;

/// <summary>Plain text that works calculations out, and the small sums that the steps are made of.</summary>
internal sealed class WorkedDocuments : IDocumentSource
{
    public string Part => "worked sums";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Chance(0.75) ? Line(random) : Step(random));
            yield return Document.Plain(Part, string.Join('\n', lines));
        }
    }

    private static string Line(Random random) => WorkedArithmetic.Next(random, heldOut: false).Steps;

    private static string Step(Random random)
    {
        var (a, b, carry) = (random.Next(10), random.Next(10), random.Next(2));
        return random.Next(3) switch
        {
            0 => carry > 0 ? $"{a} + {b} + 1 = {a + b + 1}" : $"{a} + {b} = {a + b}",
            1 => $"{a + b + carry} - {b}{(carry > 0 ? " - 1" : "")} = {a}",
            _ => Product(a, random.Next(2, 10), random.Next(9)),
        };
    }

    private static string Product(int a, int by, int carry) =>
        carry > 0 && carry < by ? $"{a} * {by} + {carry} = {(a * by) + carry}" : $"{a} * {by} = {a * by}";
}
