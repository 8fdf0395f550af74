using LlmRabbitHoles.Alice.Exam;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>The conversations of <see cref="Remembering"/> without the turns that told the answer: now she does not know.</summary>
public sealed class Forgetting : IAbility
{
    private const int Natural = 100;

    /// <inheritdoc/>
    public string Name => "forgetting";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.None;

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => MemoryExam.Forgotten(seed, Natural);

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed) => [.. Remembering.All(seed).Select(recollection =>
        new AbilityCase(recollection.Topic, recollection.Prompt(forgotten: true),
            said => said.Answer.HasWords("do not know") && !said.Answer.HasWords(recollection.Value))
        {
            Wanted = "I do not know.",
        })];
}
