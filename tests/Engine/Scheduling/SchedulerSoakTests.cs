using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Scheduling;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>Hundreds of random requests in a pool that is too small for all; <c>./rabbit bench scheduler</c> runs thousands.</summary>
public class SchedulerSoakTests
{
    [Theory]
    [InlineData(PreemptionKind.Recompute, 1)]
    [InlineData(PreemptionKind.Swap, 2)]
    public void RandomRequestsLeaveNoPageAndHaveTheTokensOfEachAlone(PreemptionKind kind, int seed)
    {
        using var model = GoldenModels.Load("llama");
        var random = new Random(seed);
        using var scheduler = new Scheduler(model, new()
        {
            MaxRunning = 5,
            TokenBudget = 12,
            PageSize = 3,
            Pages = 14,
            Preemption = kind,
            HostTokens = 30,
            StepsPerPriority = 8,
        });
        var asked = new List<(int[] Prompt, GenerationOptions Options, ScheduledRequest Request)>();
        for (var i = 0; i < 300; i++)
        {
            Ask(i);
            if (random.Next(10) == 0) asked[random.Next(asked.Count)].Request.Cancel();
            for (var steps = random.Next(4); steps > 0; steps--) scheduler.Step(TestContext.Current.CancellationToken);
        }
        scheduler.RunToEnd(TestContext.Current.CancellationToken);

        Assert.Equal(0, scheduler.UsedPages);
        var report = scheduler.Report;
        Assert.Equal((300, 0), (report.Finished + report.Cancelled, report.Failed));
        Assert.True(report.Cancelled > 5 && report.EvictedPages > 0 && report.AdoptedTokens > 0, $"{report}");
        Assert.True(20 < (kind == PreemptionKind.Swap ? report.PreemptedBySwap : report.PreemptedByRecompute), $"{report}");
        var generator = new TextGenerator(model);
        foreach (var (prompt, options, request) in asked)
        {
            var result = SchedulerTests.ResultOf(request);
            var alone = generator.Generate(prompt, options).Tokens;
            Assert.Equal(result.StopReason == StopReason.Cancelled ? alone.Take(result.Tokens.Count) : alone, result.Tokens);
        }

        // Prompts of two beginnings, so that pages are shared.
        void Ask(int number)
        {
            int[] prompt = [.. Enumerable.Repeat(random.Next(2), random.Next(8)), random.Next(61)];
            var options = new GenerationOptions
            {
                MaxTokens = random.Next(1, 20),
                StopTokens = [],
                Sampling = random.Next(2) == 0 ? SamplingOptions.Greedy : new() { Temperature = 1, Seed = number },
            };
            asked.Add((prompt, options, scheduler.Submit(prompt, options, priority: random.Next(-1, 2))));
        }
    }
}
