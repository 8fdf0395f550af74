using LlmRabbitHoles.Notebooks.Running;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Shows on stderr how far a run of notebooks is: a bar a notebook on a terminal, a line a notebook elsewhere.</summary>
internal static class RunDisplay
{
    public static Task<RunReport> ShowAsync(Func<IProgress<RunProgress>, Task<RunReport>> run)
    {
        if (!Terminal.IsWatched) return run(new Lines());
        return Terminal.Progress.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(context => run(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<RunProgress>
    {
        private ProgressTask? _current;

        public void Report(RunProgress value)
        {
            switch (value)
            {
                case NotebookStarted started:
                    _current = context.AddTask(started.Path.EscapeMarkup(), maxValue: started.Cells);
                    break;
                case NotebookCellFinished { Cell.Error: null }:
                    _current?.Increment(1);
                    break;
                case NotebookFinished finished:
                    // A notebook that cannot be read never started.
                    var task = _current ?? context.AddTask(finished.Path.EscapeMarkup());
                    task.Description = $"{(finished.Report.Ok ? "[green]ok[/]  " : "[red]FAIL[/]")} {finished.Path.EscapeMarkup()}";
                    task.StopTask();
                    _current = null;
                    break;
            }
        }
    }

    private sealed class Lines : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value is not NotebookFinished { Report: var report }) return;
            Terminal.Error.WriteLine(
                $"{(report.Ok ? "ok  " : "FAIL")} {report.Path}: {report.Cells.Count} cells in {report.Elapsed.TotalSeconds:0.0} s" +
                (report.Error is { } error ? $": {error}" : ""));
        }
    }
}
