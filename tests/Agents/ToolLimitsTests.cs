using LlmRabbitHoles.Agents.Tools;
using LlmRabbitHoles.Agents.Tracing;
using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Tests;

public class ToolLimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void TheDefaultsAreThoseDocumented()
    {
        var limits = new ToolLimits();
        Assert.Equal((16, 20_000, 30), (limits.CallsPerTurn, limits.ResultLength, limits.Timeout.TotalSeconds));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToolLimits { CallsPerTurn = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToolLimits { ResultLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToolLimits { Timeout = TimeSpan.Zero });
    }

    [Fact]
    public async Task CallsOfATurnRunSideBySide()
    {
        // Each of the two waits until the other has begun: one after the other, neither would end.
        using var both = new Barrier(2);
        var meet = FunctionTool.Of((string name) => both.SignalAndWait(TimeSpan.FromMinutes(1)) ? $"{name} met" : "alone", "meet");
        var outcomes = await new Toolbox([meet]).InvokeAsync([Call("meet", "Ann"), Call("meet", "Ben")], Cancellation);
        Assert.Equal(["Ann met", "Ben met"], outcomes.Select(outcome => outcome.Text));
    }

    [Fact]
    public async Task ACallThatTakesTooLongIsGivenUpAndToldToTheModel()
    {
        var time = new ManualTime();
        CancellationToken seen = default;
        using var begun = new SemaphoreSlim(0);
        var never = FunctionTool.Of(async (string name, CancellationToken cancellationToken) =>
        {
            seen = cancellationToken;
            begun.Release();
            await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
            return name;
        }, "never");
        var toolbox = new Toolbox([never]) { Limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(1.5), Clock = time } };

        var running = toolbox.InvokeAsync([Call("never", "Ann")], Cancellation);
        await begun.WaitAsync(Cancellation);
        Assert.Equal([TimeSpan.FromSeconds(1.5)], time.Waits);
        time.RunOut();

        var outcome = Assert.Single(await running);
        Assert.True(outcome.IsError);
        Assert.Equal("The tool never gave no result within 1.5 seconds.", outcome.Text);
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task CancellingIsNotAnErrorOfTheTool()
    {
        using var cancel = new CancellationTokenSource();
        var stuck = FunctionTool.Of(async (CancellationToken cancellationToken) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
        }, "stuck");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Toolbox([stuck]).InvokeAsync([new ToolCall("stuck", new Dictionary<string, string>())], cancel.Token));
    }

    [Fact]
    public async Task CallsBeyondTheLimitAreNotRun()
    {
        var count = 0;
        var counter = FunctionTool.Of((string name) => $"{name} {Interlocked.Increment(ref count)}", "count");
        var toolbox = new Toolbox([counter]) { Limits = new ToolLimits { CallsPerTurn = 1 } };
        var outcomes = await toolbox.InvokeAsync([Call("count", "first"), Call("count", "second")], Cancellation);
        Assert.Equal(["first 1", "This call was not run: the limit is 1 a turn. Call again."], outcomes.Select(outcome => outcome.Text));
        Assert.Equal(1, count);
    }

    [Fact]
    public void ALongResultIsCut()
    {
        var toolbox = new Toolbox([FunctionTool.Of((string name) => name, "echo")]) { Limits = new ToolLimits { ResultLength = 4 } };
        Assert.Equal("abcd", toolbox.Invoke(Call("echo", "abcd")));
        Assert.Equal("abcd [cut: the first 4 of 6 characters]", toolbox.Invoke(Call("echo", "abcdef")));
        // A pair of surrogates is not cut in two.
        Assert.Equal("abc [cut: the first 3 of 5 characters]", toolbox.Invoke(Call("echo", "abc\U0001F600")));
    }

    [Fact]
    public void TwoToolsOfOneNameAreRefused() => Assert.Contains(
        "2 tools are named 'calculator'",
        Assert.Throws<ArgumentException>(() => new Toolbox([new Calculator(), new Calculator()])).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryTurnAndCallIsTraced()
    {
        var trace = new AgentTrace();
        new AgentLoop(AliceModel.Shared, AliceTools.All) { Name = "alice", Trace = trace }
            .Run([new ChatMessage("user", "What is 25 plus 17?")], Cancellation);
        Assert.Equal(
            """
            1. alice: calls calculator
            2. alice: calculator(25 + 17) = 42
            3. alice: says "25 + 17 = 42."
            """.ReplaceLineEndings("\n"), trace.ToString());
    }

    private static ToolCall Call(string tool, string name) => new(tool, new Dictionary<string, string> { ["name"] = name });
}
