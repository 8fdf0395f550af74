using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Training;
using Spectre.Console;
using TorchSharp;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Shows on stderr how a training run goes: a bar with loss and tokens/s on a terminal, a line now and then elsewhere.</summary>
internal static class TrainingDisplay
{
    public static void Say(string sentence) => Terminal.Progress.MarkupLine($"[grey]{sentence.EscapeMarkup()}[/]");

    public static void Show(Action<IProgress<TrainingProgress>> run)
    {
        if (!Terminal.IsWatched)
        {
            run(new Lines());
            return;
        }
        Terminal.Progress.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context => run(new Bar(context)));
    }

    /// <summary>How fast the run was beside what the machine can do at best; both figures are of this minute.</summary>
    public static void ShowSpeed(TrainingResult result, torch.Device device)
    {
        if (result.Tokens == 0) return;
        var format = ProductDtype.Of(device);
        var limit = MachineLimits.MeasureMultiply(device, format);
        Say($"{result.TokensPerSecond:N0} tokens/s, {result.Flops / 1e9:N0} GFLOP/s in matrix products (6 x {result.Parameters:N0} " +
            "parameters a token): " +
            $"{result.Flops / limit:P1} of the {limit / 1e9:N0} GFLOP/s that one large {format} product reaches here now.");
    }

    private static string Describe(TrainingProgress p) =>
        $"step {p.Step}/{p.Steps}  loss {p.Loss:0.000}  {p.TokensPerSecond:0} tokens/s  {p.Remaining:hh\\:mm\\:ss} left";

    /// <summary>Held-out losses stay on the screen above the bar.</summary>
    private static void ShowValidation(TrainingProgress p)
    {
        if (p.ValidationLoss is { } loss)
            Say($"step {p.Step}: loss {p.Loss:0.000}, on held-out texts {loss:0.000}, {p.TokensPerSecond:0} tokens/s");
    }

    private sealed class Bar(ProgressContext context) : IProgress<TrainingProgress>
    {
        private ProgressTask? _task;

        public void Report(TrainingProgress value)
        {
            _task ??= context.AddTask("", maxValue: value.Steps);
            _task.Description = Describe(value).EscapeMarkup();
            _task.Value = value.Step;
            ShowValidation(value);
        }
    }

    private sealed class Lines : IProgress<TrainingProgress>
    {
        private const int Every = 20;

        public void Report(TrainingProgress value)
        {
            ShowValidation(value);
            if (value.ValidationLoss is null && value.Step % Every == 0) Say(Describe(value));
        }
    }
}
