using System.Diagnostics;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Scheduling;

namespace LlmRabbitHoles.CommandLine;

/// <summary>
/// Random requests that come faster than they can be served, in a pool of pages that is too small for all: with random lengths,
/// samplers, priorities and cancellations, a third of them with a beginning that others share.
/// </summary>
/// <param name="model">Stays the caller's.</param>
/// <param name="requests">How many; one half for each kind of preemption.</param>
/// <param name="seed">Chooses them.</param>
/// <param name="mostCompared">Finished requests that are compared with the same request alone, at most.</param>
internal sealed class SchedulerSoak(LanguageModel model, int requests, int seed, int mostCompared)
{
    private const int PageSize = 8, Pages = 16, LongestPrompt = 32, LongestAnswer = 16, SharedTokens = 16, Beginnings = 4;

    private readonly Random _random = new(seed);
    private readonly int[][] _beginnings = [.. Enumerable.Range(0, Beginnings).Select(beginning =>
        new Random(seed + beginning + 1).GetItems(Vocabulary(model), SharedTokens))];

    public SoakJson Run(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var result = new SoakJson { Requests = requests };
        var (written, working) = (0L, TimeSpan.Zero);
        var asked = new List<Asked>();
        foreach (var (kind, count) in new[] { (PreemptionKind.Recompute, requests - (requests / 2)), (PreemptionKind.Swap, requests / 2) })
        {
            using var scheduler = new Scheduler(model, new()
            {
                MaxRunning = 8,
                TokenBudget = 48,
                PromptChunk = 16,
                PageSize = PageSize,
                Pages = Pages,
                Preemption = kind,
                HostTokens = 200,
                QueueLimit = count,
            });
            var start = watch.Elapsed;
            var half = ProgressBar.Show($"{count} requests, {kind}", progress => Send(scheduler, count, progress, cancellationToken));
            working += watch.Elapsed - start;
            written += half.Sum(one => one.Result.Tokens.Count);
            asked.AddRange(half);
            result = Add(result, scheduler);
        }
        var compared = asked.Where(one => one.Result.StopReason != StopReason.Cancelled).Take(mostCompared).ToArray();
        var comparison = watch.Elapsed;
        var mismatched = ProgressBar.Show("each alone", progress => Compare(compared, progress, cancellationToken));
        comparison = watch.Elapsed - comparison;
        return result with
        {
            Compared = compared.Length,
            Mismatched = mismatched,
            WrittenTokens = written,
            TokensPerSecond = Math.Round(written / working.TotalSeconds, 1),
            SingleStreamTokensPerSecond = Math.Round(compared.Sum(one => one.Result.Tokens.Count) / comparison.TotalSeconds, 1),
            SchedulerSeconds = Math.Round(working.TotalSeconds, 2),
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
        };
    }

    private List<Asked> Send(Scheduler scheduler, int count, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var asked = new List<Asked>();
        while (asked.Count < count)
        {
            asked.Add(Ask(scheduler));
            if (_random.Next(12) == 0) asked[_random.Next(Math.Max(0, asked.Count - 20), asked.Count)].Request.Cancel();
            for (var steps = _random.Next(5); steps > 0; steps--) scheduler.Step(cancellationToken);
            progress.Report((double)(scheduler.Report.Finished + scheduler.Report.Cancelled) / count);
        }
        scheduler.RunToEnd(cancellationToken);
        return asked;
    }

    private Asked Ask(Scheduler scheduler)
    {
        var shared = _random.Next(3) == 0 ? _beginnings[_random.Next(Beginnings)] : [];
        var longest = Math.Min(LongestPrompt, model.Config.ContextLength / 2) - shared.Length;
        int[] prompt = [.. shared, .. _random.GetItems(Vocabulary(model), _random.Next(1, longest + 1))];
        var options = new GenerationOptions
        {
            MaxTokens = _random.Next(1, Math.Min(LongestAnswer, model.Config.ContextLength / 2) + 1),
            Sampling = _random.Next(2) == 0 ? SamplingOptions.Greedy : new() { Temperature = 0.8, TopP = 0.95, Seed = _random.Next() },
        };
        return new Asked(prompt, options, scheduler.Submit(prompt, options, priority: _random.Next(-1, 2)));
    }

    /// <returns>How many have other tokens than alone; stderr says which.</returns>
    private int Compare(IReadOnlyList<Asked> asked, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var generator = new TextGenerator(model);
        var mismatched = 0;
        foreach (var (index, one) in asked.Index())
        {
            var alone = generator.Generate(one.Prompt, one.Options, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report((index + 1.0) / asked.Count);
            if (alone.Tokens.SequenceEqual(one.Result.Tokens) && alone.StopReason == one.Result.StopReason) continue;
            mismatched++;
            Terminal.Error.WriteLine(
                $"Request {index}: alone {string.Join(',', alone.Tokens)}, here {string.Join(',', one.Result.Tokens)}.");
        }
        return mismatched;
    }

    private static SoakJson Add(SoakJson result, Scheduler scheduler) => result with
    {
        Finished = result.Finished + scheduler.Report.Finished,
        Cancelled = result.Cancelled + scheduler.Report.Cancelled,
        Failed = result.Failed + scheduler.Report.Failed,
        PreemptedRecompute = result.PreemptedRecompute + scheduler.Report.PreemptedByRecompute,
        PreemptedSwap = result.PreemptedSwap + scheduler.Report.PreemptedBySwap,
        AdoptedTokens = result.AdoptedTokens + scheduler.Report.AdoptedTokens,
        EvictedPages = result.EvictedPages + scheduler.Report.EvictedPages,
        LeakedPages = result.LeakedPages + scheduler.UsedPages,
        Steps = result.Steps + scheduler.Report.Steps,
        ReadTokens = result.ReadTokens + scheduler.Report.ReadTokens,
    };

    private static int[] Vocabulary(LanguageModel model) => [.. Enumerable.Range(0, model.Config.VocabularySize)];

    private sealed record Asked(int[] Prompt, GenerationOptions Options, ScheduledRequest Request)
    {
        public GenerationResult Result => Request.Result.GetAwaiter().GetResult();
    }
}

/// <summary>What <c>bench scheduler --format json</c> prints.</summary>
internal sealed record SoakJson
{
    /// <summary>Requests sent.</summary>
    public int Requests { get; init; }

    /// <summary>Requests that ended by themselves.</summary>
    public int Finished { get; init; }

    /// <summary>Requests that were cancelled.</summary>
    public int Cancelled { get; init; }

    /// <summary>Requests that ended with an error.</summary>
    public int Failed { get; init; }

    /// <summary>Times that a text lost its pages and was to be read again.</summary>
    public int PreemptedRecompute { get; init; }

    /// <summary>Times that a text was moved to host memory.</summary>
    public int PreemptedSwap { get; init; }

    /// <summary>Prompt tokens that were not read, because pages of an earlier text held them.</summary>
    public long AdoptedTokens { get; init; }

    /// <summary>Pages of earlier texts that were given away.</summary>
    public int EvictedPages { get; init; }

    /// <summary>Finished requests that were compared with the same request alone.</summary>
    public int Compared { get; init; }

    /// <summary>Those of them that had other tokens.</summary>
    public int Mismatched { get; init; }

    /// <summary>Pages in use after the last request.</summary>
    public int LeakedPages { get; init; }

    /// <summary>Steps of the schedulers.</summary>
    public long Steps { get; init; }

    /// <summary>Tokens read, again after a preemption included.</summary>
    public long ReadTokens { get; init; }

    /// <summary>Tokens written.</summary>
    public long WrittenTokens { get; init; }

    /// <summary>Tokens that the schedulers wrote in a second, the reading of prompts included in the time.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>The same for the compared requests, one after the other.</summary>
    public double SingleStreamTokensPerSecond { get; init; }

    /// <summary>Seconds of the schedulers.</summary>
    public double SchedulerSeconds { get; init; }

    /// <summary>Seconds in all.</summary>
    public double Seconds { get; init; }

    /// <summary>Where, when and how.</summary>
    public BenchRun? Run { get; init; }
}
