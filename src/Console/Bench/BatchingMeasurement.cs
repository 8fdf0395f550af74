using System.Diagnostics;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Scheduling;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Writes the same texts one after the other and in batches. Times hold the reading of the prompts too.</summary>
/// <param name="model">Stays the caller's.</param>
/// <param name="promptTokens">Tokens of each prompt, chosen at random with a fixed seed.</param>
/// <param name="tokens">Tokens that each text gets.</param>
/// <param name="repetitions">The best of so many counts: others use the machine too.</param>
internal sealed class BatchingMeasurement(LanguageModel model, int promptTokens, int tokens, int repetitions)
{
    private readonly GenerationOptions _options = new() { MaxTokens = tokens, StopTokens = [], Sampling = SamplingOptions.Greedy };

    public BatchingJson Run(IReadOnlyList<int> sizes, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        int[] vocabulary = [.. Enumerable.Range(0, model.Config.VocabularySize)];
        int[][] prompts = [.. Enumerable.Range(0, sizes.Max()).Select(_ => random.GetItems(vocabulary, promptTokens))];
        var (alone, single) = ProgressBar.Show("each alone", progress => Alone(prompts, progress, cancellationToken));
        var (rows, mismatched) = (new List<BatchingRowJson>(), 0);
        foreach (var size in sizes)
        {
            var (texts, seconds, steps) = ProgressBar.Show($"batch {size}",
                progress => Batch(prompts[..size], progress, cancellationToken));
            mismatched += texts.Zip(alone).Count(pair => !pair.First.SequenceEqual(pair.Second));
            var rate = texts.Sum(text => text.Count) / seconds;
            rows.Add(new BatchingRowJson(size, Round(rate), Round(rate / size), Math.Round(1000 * seconds / steps, 3),
                Math.Round(rate / single, 3), Gflops(rate)));
        }
        return new BatchingJson(promptTokens, tokens, new SingleStreamJson(Round(single), Gflops(single)), rows, sizes.Sum(), mismatched,
            Round(MachineLimits.MeasureMultiply(model.Device, model.Dtype) / 1e9));
    }

    /// <returns>The tokens of each text, and how many were written in a second.</returns>
    private (IReadOnlyList<int>[] Texts, double Rate) Alone(
        int[][] prompts, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var generator = new TextGenerator(model);
        generator.Generate(prompts[0], _options, cancellationToken);    // the first pays for what is set up once
        var texts = new IReadOnlyList<int>[prompts.Length];
        var best = 0.0;
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var (index, prompt) in prompts.Index())
            {
                texts[index] = generator.Generate(prompt, _options, cancellationToken).Tokens;
                cancellationToken.ThrowIfCancellationRequested();
            }
            best = Math.Max(best, texts.Sum(text => text.Count) / watch.Elapsed.TotalSeconds);
            progress.Report((repetition + 1.0) / repetitions);
        }
        return (texts, best);
    }

    private (IReadOnlyList<int>[] Texts, double Seconds, long Steps) Batch(
        int[][] prompts, IProgress<double> progress, CancellationToken cancellationToken)
    {
        (IReadOnlyList<int>[] Texts, double Seconds, long Steps) best = ([], double.MaxValue, 0);
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            // A new one each time: it finds no pages of the last.
            using var scheduler = new Scheduler(model, new()
            {
                MaxRunning = prompts.Length,
                TokenBudget = Math.Max(256, 2 * prompts.Length),
                QueueLimit = prompts.Length,
            });
            var requests = prompts.Select(prompt => scheduler.Submit(prompt, _options)).ToArray();
            var watch = Stopwatch.StartNew();
            scheduler.RunToEnd(cancellationToken);
            var seconds = watch.Elapsed.TotalSeconds;
            if (seconds < best.Seconds)
                best = ([.. requests.Select(request => request.Result.GetAwaiter().GetResult().Tokens)], seconds, scheduler.Report.Steps);
            progress.Report((repetition + 1.0) / repetitions);
        }
        return best;
    }

    /// <summary>Arithmetic of so many tokens a second, with their share of the prompts: two operations a parameter and token.</summary>
    private double Gflops(double rate) =>
        Math.Round(2.0 * model.ParameterCount * rate * (promptTokens + tokens - 1) / tokens / 1e9, 2);

    private static double Round(double value) => Math.Round(value, 1);
}

/// <summary>What <c>bench batching --format json</c> prints.</summary>
/// <param name="PromptTokens">Tokens of each prompt.</param>
/// <param name="Tokens">Tokens that each text got.</param>
/// <param name="SingleStream">One text after the other, by the plain generator.</param>
/// <param name="Rows">One for each batch size.</param>
/// <param name="Compared">Texts that were compared with the same text alone.</param>
/// <param name="Mismatched">Those of them that had other tokens.</param>
/// <param name="MachineGflops">What this machine reaches in one large matrix product of the model's dtype.</param>
/// <param name="Run">Where, when and how.</param>
internal sealed record BatchingJson(
    int PromptTokens, int Tokens, SingleStreamJson SingleStream, IReadOnlyList<BatchingRowJson> Rows, int Compared, int Mismatched,
    double MachineGflops, BenchRun? Run = null);

/// <summary>The plain generator.</summary>
/// <param name="TokensPerSecond">Tokens written in a second.</param>
/// <param name="Gflops">Billions of operations a second that this takes.</param>
internal sealed record SingleStreamJson(double TokensPerSecond, double Gflops);

/// <summary>One batch size.</summary>
/// <param name="Batch">Texts at the same time.</param>
/// <param name="TokensPerSecond">Tokens of all texts in a second.</param>
/// <param name="PerStream">Tokens of each text in a second.</param>
/// <param name="StepMs">Milliseconds of a step.</param>
/// <param name="Speedup">Tokens of all texts, as a multiple of the single stream.</param>
/// <param name="Gflops">Billions of operations a second that this takes.</param>
internal sealed record BatchingRowJson(
    int Batch, double TokensPerSecond, double PerStream, double StepMs, double Speedup, double Gflops);
