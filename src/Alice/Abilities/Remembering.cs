using LlmRabbitHoles.Alice.Exam;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Using what was told earlier in the conversation.</summary>
public sealed class Remembering : IAbility
{
    internal const int Count = 300;
    private const int Natural = 110, EachLength = 24, Less = 40;

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.None;

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed) => [.. All(seed).Select(Case)];

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => MemoryExam.Near(seed, Natural);

    /// <inheritdoc/>
    public IReadOnlyList<Arm> NaturalArms(int seed) =>
        [.. MemoryExam.Lengths.Select(tokens => new Arm($"at_{tokens}_tokens", MemoryExam.Far(seed, EachLength, tokens - Less, tokens)))];

    /// <summary>The conversations; <see cref="Forgetting"/> leaves out turns of them.</summary>
    internal static IEnumerable<Recollection> All(int seed)
    {
        var (random, recollections) = (new Random(seed), new Recollections(World.Alice, Wordings.All));
        return Enumerable.Range(0, Count).Select(_ => recollections.Next(random, heldOut: true));
    }

    private static AbilityCase Case(Recollection recollection) => new(recollection.Topic, recollection.Prompt(forgotten: false), said =>
        said.Answer.HasWords(recollection.Value)
            && (recollection.Outdated.Length == 0 || !said.Answer.HasWords(recollection.Outdated))) { Wanted = recollection.Value };
}
