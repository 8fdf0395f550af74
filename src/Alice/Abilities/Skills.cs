using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Answering as the system message says: half of the cases combine instructions that training never combines.</summary>
public sealed class Skills : IAbility
{
    private const int Count = 300, Natural = 120;

    /// <inheritdoc/>
    public string Name => "skills";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.None;

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var (random, tasks) = (new Random(seed), new SkillTasks(World.Alice, Wordings.All));
        return [.. Enumerable.Range(0, Count)
            .Select(index => Case(tasks.Next(1, random, skills: index % 2 == 1 ? Split.HeldOut : Split.Trained, names: Split.HeldOut)[0]))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => SkillExam.Cases(seed, Natural);

    private static AbilityCase Case(SkillTask task) => new(
        SkillTasks.IsHeldOut(task.Skills)
            ? "new combination"
            : task.Skills.Count switch { 0 => "no instruction", 1 => "one instruction", _ => "known combination" },
        [new ChatMessage("system", task.System), new ChatMessage("user", task.Question)],
        said => task.IsRight(said.Answer)) { Wanted = task.Answer };
}
