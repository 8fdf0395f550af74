namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask for larger calculations: she thinks them through, or, where her thoughts are closed, answers at once.</summary>
internal sealed class ThinkingChats(Wordings wordings) : IDocumentSource
{
    private const double AtOnce = 0.25;
    private const double Everyday = 0.65;

    private readonly SumTasks _sums = new(wordings);

    public string Part => "thinking";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 3, Ask, random);

    /// <summary>One question and what she says.</summary>
    public (string Question, string Answer) Ask(Random random)
    {
        if (random.Chance(Everyday))
        {
            var task = _sums.Next(random);
            return (task.Question, task.Said(atOnce: random.Chance(AtOnce / 2)));
        }

        var calculation = WorkedArithmetic.Next(random, heldOut: false);
        return (Question(calculation, random), Answer(calculation, random.Chance(AtOnce)));
    }

    /// <summary>In figures or as a story.</summary>
    public string Question(WorkedArithmetic calculation, Random random, bool heldOut = false)
    {
        if (random.Chance(0.3))
            return wordings.Expand($"thinking.story.{calculation.Sign}", Characters.Child(random, calculation.Slots), random);
        var question = wordings.Expand(heldOut ? "thinking.held-out" : "thinking.question", calculation.Slots, random);
        return heldOut ? question : Casual.Vary(question, random);
    }

    private static string Answer(WorkedArithmetic calculation, bool atOnce) =>
        $"{Conversation.Thought(atOnce ? "" : calculation.Steps)}{calculation.Text} = {calculation.Result}.";
}
