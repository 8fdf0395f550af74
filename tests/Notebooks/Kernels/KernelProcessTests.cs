using System.Diagnostics;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>The real process, started as the runner and the editors start it.</summary>
public sealed class KernelProcessTests
{
    private static KernelClient Start() => KernelClient.Start(KernelProgram.Default, Path.GetTempPath());

    private static async Task<string> CrashOf(string code)
    {
        await using var kernel = Start();
        return (await Assert.ThrowsAsync<KernelCrashedException>(
            () => kernel.ExecuteAsync("a", code, _ => { }, cancellationToken: TestContext.Current.CancellationToken))).Message;
    }

    [Fact]
    public async Task ACellRunsInTheWorkingDirectory()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        Assert.True(await kernel.ExecuteAsync(
            "a", "Environment.CurrentDirectory", outputs.Add, cancellationToken: TestContext.Current.CancellationToken));
        var result = Assert.IsType<ResultOutput>(Assert.Single(outputs));
        Assert.Equal(1, result.ExecutionCount);
        Assert.Equal(Path.GetTempPath().TrimEnd('/'), result.Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task ACrashIsReportedWithItsCause()
    {
        Assert.Equal("The kernel process ended with exit code 3.", await CrashOf("Environment.Exit(3);"));
        Assert.Equal(
            "The kernel process ended by signal SIGABRT (the program aborted itself). It said: Stack overflow.",
            await CrashOf("int F(int x) => F(x + 1) + 1; F(0)"));
        Assert.Equal(
            "The kernel process ended by signal SIGABRT (the program aborted itself). It said: Process terminated. on purpose",
            await CrashOf("Environment.FailFast(\"on purpose\");"));
    }

    [Fact]
    public async Task AThreadsUnhandledExceptionIsReportedAsTheCrashItIs()
    {
        var message = await CrashOf("var t = new System.Threading.Thread(() => throw new Exception(\"from a thread\")); " +
            "t.Start(); t.Join(); await Task.Delay(5000);");
        Assert.Contains("Unhandled exception. System.Exception: from a thread", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NativeWritesToStdoutBecomeOutputOfTheCell()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        const string native = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern nint write(int fd, " +
            "byte[] text, nint length);";
        await kernel.ExecuteAsync("a", native, outputs.Add, cancellationToken: TestContext.Current.CancellationToken);
        await kernel.ExecuteAsync(
            "b", "write(1, Encoding.UTF8.GetBytes(\"from C\"), 6);", outputs.Add, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([new StreamOutput("stdout", "from C")], outputs);
    }

    [Fact]
    public async Task AnInterruptStopsTheCellAndKeepsTheState()
    {
        await using var kernel = Start();
        await kernel.ExecuteAsync("a", "var x = 41;", _ => { }, cancellationToken: TestContext.Current.CancellationToken);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = kernel.ExecuteAsync("b", "Console.Write(1); while (true) x = 42;",
            _ => started.TrySetResult(), cancellationToken: TestContext.Current.CancellationToken);
        await started.Task;
        var clock = Stopwatch.StartNew();
        await kernel.InterruptAsync();
        Assert.False(await running);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5); // a few milliseconds, unless the machine is busy
        var outputs = new List<CellOutput>();
        await kernel.ExecuteAsync("c", "x", outputs.Add, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("42", Assert.IsType<ResultOutput>(Assert.Single(outputs)).Data[MimeBundle.PlainText]);
    }

    [Theory]
    [InlineData("for (var i = 0; i < 100; i++) Console.Write(new string('x', 1_000_000));")]
    [InlineData("using var raw = Console.OpenStandardOutput(); var mega = new byte[1_000_000]; Array.Fill(mega, (byte)'x'); " +
        "for (var i = 0; i < 100; i++) raw.Write(mega);")]
    public async Task AHundredMegabytesAreCutWithANote(string code)
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        Assert.True(await kernel.ExecuteAsync("a", code, outputs.Add, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(1_000_000, outputs.OfType<StreamOutput>().Where(output => output.Name == "stdout").Sum(output => output.Text.Length));
        Assert.Contains("[cut: a cell may show 1,000,000 characters",
            Assert.Single(outputs.OfType<StreamOutput>(), output => output.Name == "stderr").Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task EventsDoNotWaitForTheLockOfTheConsole()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        const string code = "lock (Console.Out) { var other = new System.Threading.Thread(() => 1.Display()); other.Start(); " +
            "other.Join(); }";
        await kernel.ExecuteAsync("a", code, outputs.Add, cancellationToken: TestContext.Current.CancellationToken);
        Assert.IsType<DisplayOutput>(Assert.Single(outputs));
    }

    [Fact]
    public async Task AProgramThatACellStartsWritesIntoTheCellsOutput()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        const string code = "System.Diagnostics.Process.Start(\"echo\", " +
            "\"{\\\"eventType\\\":\\\"CommandSucceeded\\\",\\\"command\\\":{\\\"token\\\":\\\"a\\\"}}\").WaitForExit(); " +
            "Console.Write(\"after\");";
        Assert.True(await kernel.ExecuteAsync("a", code, outputs.Add, cancellationToken: TestContext.Current.CancellationToken));
        var said = string.Concat(outputs.Cast<StreamOutput>().Select(output => output.Text));
        Assert.Contains("CommandSucceeded", said, StringComparison.Ordinal);
        Assert.Contains("after", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgramThatACellStartsCannotReadTheCommands()
    {
        await using var kernel = Start();
        Assert.True(await kernel.ExecuteAsync("a", "System.Diagnostics.Process.Start(\"cat\").WaitForExit();",
            _ => { }, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ACellThatCannotBeStoppedIsReported()
    {
        await using var kernel = Start();
        var (started, warned) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = kernel.ExecuteAsync("a", "Console.Write(1); Enumerable.Range(0, int.MaxValue).Sum(x => Math.Sin(x))",
            Hear, cancellationToken: TestContext.Current.CancellationToken);
        await started.Task;
        await kernel.InterruptAsync();
        Assert.False(await running);
        await warned.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        void Hear(CellOutput output)
        {
            started.TrySetResult();
            if (output is StreamOutput { Name: "stderr" } said && said.Text.Contains("restart the kernel", StringComparison.Ordinal))
                warned.TrySetResult();
        }
    }

    [Fact]
    public async Task LateWritesOfACellAreStillItsOutput()
    {
        await using var kernel = Start();
        var late = new TaskCompletionSource<CellOutput>(TaskCreationOptions.RunContinuationsAsynchronously);
        await kernel.ExecuteAsync(
            "a", "var go = new TaskCompletionSource(); _ = Task.Run(async () => { await go.Task; display(\"late\"); });",
            output => late.TrySetResult(output), cancellationToken: TestContext.Current.CancellationToken);
        await kernel.ExecuteAsync("b", "go.SetResult();", _ => { }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.IsType<DisplayOutput>(await late.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadingInputOverStdioGivesNull()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        await kernel.ExecuteAsync("a", "Console.ReadLine() is null", outputs.Add, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("True", Assert.IsType<ResultOutput>(Assert.Single(outputs)).Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task AMissingProgramIsNamed()
    {
        var thrown = Assert.Throws<KernelCrashedException>(
            () => KernelClient.Start(new KernelProgram("no-such-program", []), Path.GetTempPath()));
        Assert.StartsWith("The kernel 'no-such-program' can't be started", thrown.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }
}
