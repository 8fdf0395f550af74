using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A bar on stderr while long work runs; nothing where stderr is not a terminal.</summary>
internal static class ProgressBar
{
    /// <param name="title">What is being done.</param>
    /// <param name="work">Reports the share done, from 0 to 1.</param>
    public static T Show<T>(string title, Func<IProgress<double>, T> work)
    {
        if (!Terminal.IsWatched) return work(new Silent());
        return Terminal.Progress.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(title, maxValue: 1);
                return work(new Bar(task));
            });
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
