using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>
/// Tasks of three steps, through a plan, tools and an answer; the same with her thoughts closed, so that she cannot plan. The figure is
/// judged, whatever sentence holds it.
/// </summary>
/// <remarks>Wang et al. 2023, arXiv:2305.04091 (plan and solve).</remarks>
public sealed class Planning : IAbility
{
    private const int Count = 250, Natural = 100;

    /// <inheritdoc/>
    public string Name => "planning";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.Contrast;

    /// <inheritdoc/>
    public string? BaselineName => "without a plan";

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var (random, tasks) = (new Random(seed), new PlanTasks(Wordings.All));
        return [.. Enumerable.Range(0, Count).Select(_ => Case(tasks.Next(random, heldOut: true), random))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => PlanExam.Cases(seed, Natural);

    private static AbilityCase Case(PlanTask task, Random random)
    {
        var planned =
            new AbilityCase(task.Topic, [new ChatMessage("user", task.Question)], said => said.Answer.HasWords(task.Result))
        {
            Tools = ScriptedTool.For(ToolChats.Offer(random, PlanTasks.Tools), task.Steps),
        };
        return planned with { Contrast = planned with { MayThink = false } };
    }
}
