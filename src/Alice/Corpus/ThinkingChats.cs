namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask for larger calculations: she thinks them through, or, where her thoughts are closed, answers at once.</summary>
internal sealed class ThinkingChats(Wordings wordings) : IDocumentSource
{
    private const double AtOnce = 0.25;

    public string Part => "thinking";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 3, Ask, random);

    private (string Question, string Answer) Ask(Random random)
    {
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
