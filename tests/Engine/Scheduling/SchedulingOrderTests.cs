using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Scheduling;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class SchedulingOrderTests : IDisposable
{
    private readonly LanguageModel _model = GoldenModels.Load("llama");

    public void Dispose() => _model.Dispose();

    [Fact]
    public void AHigherPriorityGoesFirstAndEqualOnesGoAsTheyCame()
    {
        using var scheduler = new Scheduler(_model, new() { MaxRunning = 1 });
        int[] priorities = [0, -1, 3, 0, 3];
        var requests = priorities.Select(priority => scheduler.Submit([1, 2], SchedulerTests.Options(2), priority)).ToArray();

        Assert.Equal([2, 4, 0, 3, 1], OrderOfEnds(scheduler, requests));
    }

    [Fact]
    public void AHigherPriorityTakesTheSeatOfTheLastRequestOfTheLowest()
    {
        using var scheduler = new Scheduler(_model, new() { MaxRunning = 2, PageSize = 2 });
        var low = Enumerable.Range(0, 2).Select(_ => scheduler.Submit([1, 2, 3], SchedulerTests.Options(8))).ToArray();
        scheduler.Step(TestContext.Current.CancellationToken);

        var high = scheduler.Submit([4, 5], SchedulerTests.Options(3), priority: 1);

        Assert.Equal([2, 0, 1], OrderOfEnds(scheduler, [.. low, high]));
        Assert.Equal([0, 1, 0], new[] { low[0], low[1], high }.Select(request => request.Preemptions));
        var alone = new TextGenerator(_model).Generate([1, 2, 3], SchedulerTests.Options(8));
        Assert.Equal(alone.Tokens, SchedulerTests.ResultOf(low[1]).Tokens);
    }

    /// <summary>Two levels below at 10 steps a level: what comes within 20 steps of it goes first, and nothing that comes later.</summary>
    [Fact]
    public void ALowPriorityWaitsForThoseOfABoundedTimeOnly()
    {
        using var scheduler = new Scheduler(_model, new() { MaxRunning = 1, StepsPerPriority = 10 });
        var low = scheduler.Submit([1, 2], SchedulerTests.Options(4), priority: 0);
        var steps = 0;
        for (; !low.Result.IsCompleted && steps < 200; steps++)
        {
            scheduler.Submit([3], SchedulerTests.Options(2), priority: 2);    // each takes two steps: the scheduler never catches up
            scheduler.Step(TestContext.Current.CancellationToken);
        }

        // Those of steps 0 to 19 take 40 steps, then its own 4.
        Assert.Equal(44, steps);
    }

    /// <summary>The first takes three of four pages, the large one needs two, and the small one would fit at once.</summary>
    [Fact]
    public void NoRequestOvertakesOneThatWaitsForPages()
    {
        using var scheduler = new Scheduler(_model, new() { Pages = 4, PageSize = 4 });
        var first = scheduler.Submit([1, 2, 3, 4, 5, 6, 7, 8, 9], SchedulerTests.Options(4));
        var large = scheduler.Submit([9, 8, 7, 6, 5, 4, 3, 2], SchedulerTests.Options(4));
        var small = scheduler.Submit([1], SchedulerTests.Options(1));

        Assert.Equal(0, OrderOfEnds(scheduler, [first, large, small])[0]);
    }

    [Fact]
    public void ACancelledRequestFreesItsPagesBeforeTheNextForward()
    {
        using var scheduler = new Scheduler(_model, new() { PageSize = 2 });
        using var ending = new CancellationTokenSource();
        var stays = scheduler.Submit([1, 2, 3], SchedulerTests.Options(6));
        var leaves = scheduler.Submit([4, 5, 6], SchedulerTests.Options(6), cancellationToken: ending.Token);
        var waits = scheduler.Submit([7], SchedulerTests.Options(6));
        scheduler.Step(TestContext.Current.CancellationToken);
        scheduler.Step(TestContext.Current.CancellationToken);
        Assert.Equal(2 + 2 + 1, scheduler.UsedPages);

        ending.Cancel();
        waits.Cancel();
        scheduler.Step(TestContext.Current.CancellationToken);

        Assert.Equal(3, scheduler.UsedPages);
        var result = SchedulerTests.ResultOf(leaves);
        Assert.Equal((StopReason.Cancelled, 2), (result.StopReason, result.Tokens.Count));
        Assert.Equal(new TextGenerator(_model).Generate([4, 5, 6], SchedulerTests.Options(2)).Tokens, result.Tokens);
        scheduler.RunToEnd(TestContext.Current.CancellationToken);
        Assert.Equal((1, 2), (scheduler.Report.Finished, scheduler.Report.Cancelled));
        Assert.Equal(6, SchedulerTests.ResultOf(stays).Tokens.Count);
    }

    [Fact]
    public void ACancelledStepLosesNothing()
    {
        using var scheduler = new Scheduler(_model);
        var request = scheduler.Submit([1, 2, 3], SchedulerTests.Options(4));
        scheduler.Step(TestContext.Current.CancellationToken);
        Assert.Throws<OperationCanceledException>(() => scheduler.Step(new CancellationToken(canceled: true)));

        SchedulerTests.Ended(scheduler, request);

        var alone = new TextGenerator(_model).Generate([1, 2, 3], SchedulerTests.Options(4));
        Assert.Equal(alone.Tokens, SchedulerTests.ResultOf(request).Tokens);
    }

    /// <summary>GPT-2's golden model has a table of positions: from position 6 on it is broken here.</summary>
    [Fact]
    public async Task ARequestThatFailsTakesNoOtherDown()
    {
        using var model = GoldenModels.Load("gpt2");
        using (no_grad())
        using (var row = model.Decoder.named_parameters().Single(p => p.name == "embed_positions.weight").parameter.narrow(0, 6, 1))
            row.fill_(float.NaN);
        using var scheduler = new Scheduler(model, new() { PageSize = 2 });
        var bad = scheduler.Submit([1, 2, 3, 4, 5], SchedulerTests.Options(8));
        var good = scheduler.Submit([4, 5], SchedulerTests.Options(4));

        scheduler.RunToEnd(TestContext.Current.CancellationToken);
        Assert.Equal(0, scheduler.UsedPages);
        var next = SchedulerTests.Ended(scheduler, scheduler.Submit([9, 8, 7], SchedulerTests.Options(3)));

        Assert.Contains("'embed_positions.weight' holds NaN", (await Assert.ThrowsAsync<LogitsException>(() => bad.Result)).Message);
        Assert.Equal(new TextGenerator(model).Generate([4, 5], SchedulerTests.Options(4)).Tokens, (await good.Result).Tokens);
        Assert.Equal(new TextGenerator(model).Generate([9, 8, 7], SchedulerTests.Options(3)).Tokens, (await next.Result).Tokens);
        Assert.Equal((2, 1), (scheduler.Report.Finished, scheduler.Report.Failed));
    }

    [Fact]
    public void ARequestThatCanNeverHaveEnoughPagesIsRefusedAtOnce()
    {
        using var scheduler = new Scheduler(_model, new() { Pages = 3, PageSize = 4 });
        Assert.Equal("The prompt's 5 tokens and 9 new ones take 4 pages of 4 tokens, and the scheduler has 3. " +
            "Ask for fewer tokens, or give it more pages.",
            Assert.Throws<PromptException>(() => scheduler.Submit([1, 2, 3, 4, 5], SchedulerTests.Options(9))).Message);
        SchedulerTests.Ended(scheduler, scheduler.Submit([1, 2, 3, 4, 5], SchedulerTests.Options(8)));
        Assert.Equal(1, scheduler.Report.Finished);
    }

    [Fact]
    public void AFullQueueRefusesUntilARequestHasBegun()
    {
        using var scheduler = new Scheduler(_model, new() { MaxRunning = 1, QueueLimit = 2 });
        for (var i = 0; i < 2; i++) scheduler.Submit([1], SchedulerTests.Options(2));
        Assert.Equal("2 requests wait already, as many as may. Ask again when some have begun.",
            Assert.Throws<QueueFullException>(() => scheduler.Submit([1])).Message);
        scheduler.Step(TestContext.Current.CancellationToken);
        scheduler.Submit([1], SchedulerTests.Options(2));
        Assert.Throws<QueueFullException>(() => scheduler.Submit([1]));
    }

    [Fact]
    public void ABudgetBelowTheNumberOfRequestsIsRefused() => Assert.StartsWith(
        "The token budget is 3 a step and 4 requests may run: each of them needs a token.",
        Assert.Throws<ArgumentException>(() => new Scheduler(_model, new() { MaxRunning = 4, TokenBudget = 3 })).Message);

    [Fact]
    public void PrioritiesOutsideTheirRangeAreRefused()
    {
        using var scheduler = new Scheduler(_model);
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.Submit([1], priority: -101));
    }

    [Fact]
    public void ADisposedSchedulerEndsItsRequestsAndRefusesMore()
    {
        var scheduler = new Scheduler(_model);
        var running = scheduler.Submit([1], SchedulerTests.Options(5));
        scheduler.Step(TestContext.Current.CancellationToken);
        var waiting = scheduler.Submit([1], SchedulerTests.Options(5));
        scheduler.Dispose();
        Assert.All([running, waiting],
            request => Assert.Equal(StopReason.Cancelled, SchedulerTests.ResultOf(request).StopReason));
        Assert.Throws<ObjectDisposedException>(() => scheduler.Submit([1]));
    }

    private static int[] OrderOfEnds(Scheduler scheduler, ScheduledRequest[] requests)
    {
        var order = new List<int>();
        while (scheduler.Step(TestContext.Current.CancellationToken))
            order.AddRange(Enumerable.Range(0, requests.Length).Where(i => requests[i].Result.IsCompleted && !order.Contains(i)));
        return [.. order];
    }
}
