using LlmRabbitHoles.Alice.Exam;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>An ability that the exam alone asks for, in natural wordings.</summary>
/// <param name="name">Its name in the table.</param>
/// <param name="cases">Makes its cases from a seed.</param>
internal sealed class NaturalAbility(string name, Func<int, IReadOnlyList<AbilityCase>> cases) : IAbility
{
    /// <summary>Tools and JSON forms that no lesson has, memory after 400 and 900 tokens, second questions, small talk.</summary>
    public static IReadOnlyList<IAbility> All { get; } =
    [
        new NaturalAbility("newTools", seed => ToolExam.NewCases(seed, 110)),
        new NaturalAbility("memory400", seed => MemoryExam.Far(seed, 80, 380, 440)),
        new NaturalAbility("memory900", seed => MemoryExam.Far(seed, 80, 840, 950)),
        new NaturalAbility("newSchemas", seed => FormExam.NewCases(seed, 110)),
        new NaturalAbility("followUps", seed => FollowUpExam.Cases(seed, 120)),
        new NaturalAbility("smallTalk", seed => TalkExam.Cases(seed, 120)),
    ];

    public string Name => name;

    public Baseline Baseline => Baseline.None;

    public string? BaselineName => null;

    public bool IsNaturalOnly => true;

    public IReadOnlyList<AbilityCase> Cases(int seed) => NaturalCases(seed);

    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => cases(seed);
}
