using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Scheduling;
using LlmRabbitHoles.Tests;
using TorchSharp;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class SchedulerTests : IDisposable
{
    private static readonly int[][] Prompts = [[5, 17, 3], [7], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [40, 41], [3, 3, 3, 3, 3, 3]];
    private readonly LanguageModel _model = GoldenModels.Load("llama");
    private readonly TextGenerator _alone;

    public SchedulerTests() => _alone = new TextGenerator(_model);

    public static TheoryData<string> ModelNames => ["llama", "mistral-f16", "qwen2", "qwen3", "gpt2"];

    public void Dispose() => _model.Dispose();

    [Theory, MemberData(nameof(ModelNames))]
    public void BatchedRequestsHaveTheTokensOfEachAlone(string name)
    {
        using var model = GoldenModels.Load(name);
        using var scheduler = new Scheduler(model, new() { PageSize = 4 });
        var requests = Prompts.Select((prompt, i) => scheduler.Submit(prompt, Options(4 + (3 * i)))).ToArray();

        scheduler.RunToEnd(TestContext.Current.CancellationToken);

        var alone = new TextGenerator(model);
        foreach (var (i, request) in requests.Index()) AssertSame(alone.Generate(Prompts[i], Options(4 + (3 * i))), request);
        Assert.Equal(0, scheduler.UsedPages);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(null)]
    public void PromptsInPiecesGiveTheSameTokens(int? chunk)
    {
        using var scheduler = new Scheduler(_model, new() { PromptChunk = chunk, PageSize = 2 });
        AssertAllAsAlone(scheduler, seed: null);
        Assert.Equal(Prompts.Sum(prompt => prompt.Length + 9), scheduler.Report.ReadTokens);
    }

    [Fact]
    public void SampledRequestsHaveTheTokensOfEachAloneWithTheSameSeed()
    {
        using var scheduler = new Scheduler(_model);
        AssertAllAsAlone(scheduler, seed: 11);
    }

    /// <summary>Six pages of 4 tokens hold one text of 11 + 9 tokens and little else.</summary>
    [Theory]
    [InlineData(PreemptionKind.Recompute, null)]
    [InlineData(PreemptionKind.Swap, null)]
    [InlineData(PreemptionKind.Swap, 6)]
    public void PreemptedRequestsHaveTheTokensOfEachAlone(PreemptionKind kind, int? hostTokens)
    {
        using var scheduler = new Scheduler(_model, new() { Pages = 6, PageSize = 4, Preemption = kind, HostTokens = hostTokens });
        AssertAllAsAlone(scheduler, seed: 5);

        var report = scheduler.Report;
        Assert.Equal(kind == PreemptionKind.Swap, report.PreemptedBySwap > 0);
        Assert.Equal(kind == PreemptionKind.Recompute || hostTokens == 6, report.PreemptedByRecompute > 0);
    }

    [Fact]
    public void StopStringsGrammarsAndLogProbabilitiesWorkAsAlone()
    {
        using var alice = LanguageModel.Load(Repository.Alice, "cpu");
        GenerationOptions[] all =
        [
            new() { MaxTokens = 40, Sampling = SamplingOptions.Greedy, Stop = ["."], LogProbabilities = 3 },
            new() { MaxTokens = 40, Grammar = Sampling.Constraints.Grammar.FromRegex("yes|no, [a-z]{3}") },
            new() { MaxTokens = 12, Sampling = new() { Temperature = 1, Seed = 3, FrequencyPenalty = 0.5 } },
        ];
        var prompt = alice.Tokenizer.EncodeToIds("Once upon a time").ToArray();
        using var scheduler = new Scheduler(alice);
        var requests = all.Select(options => scheduler.Submit(prompt, options)).ToArray();

        scheduler.RunToEnd(TestContext.Current.CancellationToken);

        foreach (var (options, request) in all.Zip(requests)) AssertSame(new TextGenerator(alice).Generate(prompt, options), request);
    }

    [Fact]
    public void APromptThatBeginsLikeAnEarlierOneIsNotReadAgain()
    {
        using var scheduler = new Scheduler(_model, new() { PageSize = 4 });
        int[] system = [9, 8, 7, 6, 5, 4, 3, 2];
        Ended(scheduler, scheduler.Submit([.. system, 1], Options(3)));

        var second = Ended(scheduler, scheduler.Submit([.. system, 20, 21], Options(5)));

        Assert.Equal(8, second.AdoptedTokens);
        AssertSame(_alone.Generate([.. system, 20, 21], Options(5)), second);
    }

    [Fact]
    public void AStepReadsNoMoreThanItsBudget()
    {
        using var scheduler = new Scheduler(_model, new() { MaxRunning = 4, TokenBudget = 5 });
        foreach (var prompt in Prompts) scheduler.Submit(prompt, Options(6));
        for (long before = 0; scheduler.Step(TestContext.Current.CancellationToken); before = scheduler.Report.ReadTokens)
            Assert.InRange(scheduler.Report.ReadTokens - before, 1, 5);
    }

    [Fact]
    public async Task TokensComeAsTheyAreSampled()
    {
        using var scheduler = new Scheduler(_model);
        var request = scheduler.Submit([5, 17, 3], Options(3));
        await using var tokens = request.Tokens.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var expected = _alone.Generate([5, 17, 3], Options(3)).Tokens;
        for (var i = 0; i < 3; i++)
        {
            scheduler.Step(TestContext.Current.CancellationToken);
            Assert.True(await tokens.MoveNextAsync());
            Assert.Equal(expected[i], tokens.Current.Id);
        }
        Assert.False(await tokens.MoveNextAsync());
        Assert.Equal((3, 2), ((await request.Result).Timings.PromptTokens, (await request.Result).Timings.DecodedTokens));
    }

    [Fact]
    public async Task ARunningSchedulerAnswersRequestsOfOtherThreads()
    {
        using var scheduler = new Scheduler(_model);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = scheduler.RunAsync(ending.Token);
        var results = await Task.WhenAll(Prompts.Select(prompt => Task.Run(() => scheduler.Submit(prompt, Options(5)).Result)));
        var later = await scheduler.Submit([5], Options(2)).Result;
        await ending.CancelAsync();
        await run;

        foreach (var (prompt, result) in Prompts.Zip(results)) Assert.Equal(_alone.Generate(prompt, Options(5)).Tokens, result.Tokens);
        Assert.Equal(2, later.Tokens.Count);
    }

    [Fact]
    public void NoTensorStaysBehind()
    {
        Run();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Run();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Run()
        {
            using var scheduler = new Scheduler(_model, new() { Pages = 6, PageSize = 4, Preemption = PreemptionKind.Swap });
            foreach (var prompt in Prompts) scheduler.Submit(prompt, Options(9));
            scheduler.RunToEnd(TestContext.Current.CancellationToken);
            Assert.True(scheduler.Report.PreemptedBySwap > 0);
            scheduler.Submit([1, 2, 3], Options(9));
            scheduler.Step(TestContext.Current.CancellationToken);
        }
    }

    internal static GenerationOptions Options(int tokens, int? seed = null) => new()
    {
        MaxTokens = tokens,
        StopTokens = [],
        Sampling = seed is { } value ? new() { Temperature = 1, Seed = value } : SamplingOptions.Greedy,
    };

    internal static ScheduledRequest Ended(Scheduler scheduler, ScheduledRequest request)
    {
        scheduler.RunToEnd(TestContext.Current.CancellationToken);
        return request;
    }

    internal static GenerationResult ResultOf(ScheduledRequest request)
    {
        Assert.True(request.Result.IsCompletedSuccessfully, "The request has not ended.");
        return request.Result.Result;
    }

    private void AssertAllAsAlone(Scheduler scheduler, int? seed)
    {
        var requests = Prompts.Select(prompt => scheduler.Submit(prompt, Options(10, seed))).ToArray();
        scheduler.RunToEnd(TestContext.Current.CancellationToken);
        foreach (var (prompt, request) in Prompts.Zip(requests)) AssertSame(_alone.Generate(prompt, Options(10, seed)), request);
        Assert.Equal(0, scheduler.UsedPages);
    }

    private static void AssertSame(GenerationResult alone, ScheduledRequest request)
    {
        var together = ResultOf(request);
        Assert.Equal(alone.Tokens, together.Tokens);
        Assert.Equal((alone.Text, alone.StopReason, alone.FitsGrammar), (together.Text, together.StopReason, together.FitsGrammar));
        Assert.Equal(alone.LogProbabilities?.Select(chosen => chosen.Token), together.LogProbabilities?.Select(chosen => chosen.Token));
    }
}
