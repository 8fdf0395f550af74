using LlmRabbitHoles.Alice.Abilities;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Shows on stderr how an evaluation goes: a bar on a terminal, a line for each measured ability elsewhere.</summary>
internal static class EvaluationDisplay
{
    public static T Show<T>(Func<IProgress<EvaluationProgress>, T> work)
    {
        if (!Terminal.IsWatched) return work(new Lines());
        return Terminal.Progress.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask("", maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value)
        {
            task.Description = value.Ability.EscapeMarkup();
            task.Value = value.Share;
        }
    }

    private sealed class Lines : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value)
        {
            if (value.Score is { } score) Terminal.Error.WriteLine(Line(score));
        }

        private static string Line(AbilityScore score) =>
            $"{score.Name}: " + (score.Natural is { } natural ? $"{natural.Score:0.000} in {natural.Cases} natural cases, " : "")
            + $"{score.Score:0.000} in {score.Cases} of training's wording";
    }
}
