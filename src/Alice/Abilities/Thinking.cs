using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Calculations that she gets right when she thinks first, asked also with her thoughts closed.</summary>
/// <remarks>Wei et al. 2022, arXiv:2201.11903.</remarks>
public sealed class Thinking : IAbility
{
    private const int Count = 300, Natural = 120;

    /// <inheritdoc/>
    public string Name => "thinking";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.Contrast;

    /// <inheritdoc/>
    public string? BaselineName => "answered at once";

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var (random, chats) = (new Random(seed), new ThinkingChats(Wordings.All));
        return [.. Enumerable.Range(0, Count).Select(_ => Case(WorkedArithmetic.Next(random, heldOut: true), chats, random))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => SumExam.Cases(seed, Natural);

    private static AbilityCase Case(WorkedArithmetic calculation, ThinkingChats chats, Random random)
    {
        var topic = calculation.Sign switch { '+' => "sum", '-' => "difference", _ => "product" };
        var thought = new AbilityCase(topic, [new ChatMessage("user", chats.Question(calculation, random, heldOut: true))],
            said => said.Answer.HasWords($"= {calculation.Result}"));
        return thought with { Contrast = thought with { MayThink = false } };
    }
}
