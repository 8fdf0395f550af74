using System.Diagnostics;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Kernel;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>The real process, started as the runner and the editors start it.</summary>
public sealed class KernelProcessFacts
{
    private static KernelClient Start() => KernelClient.Start(KernelCommand.Default, Path.GetTempPath());

    private static async Task<string> CrashOf(string code)
    {
        await using var kernel = Start();
        return (await Assert.ThrowsAsync<KernelCrashedException>(() => kernel.ExecuteAsync("a", code, _ => { }, TestContext.Current.CancellationToken))).Message;
    }

    [Fact]
    public async Task ACellRunsInTheWorkingDirectory()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        var finished = await kernel.ExecuteAsync("a", "Environment.CurrentDirectory", outputs.Add, TestContext.Current.CancellationToken);
        Assert.Equal((true, 1), (finished.Succeeded, finished.ExecutionCount));
        var result = Assert.IsType<ResultOutput>(Assert.Single(outputs));
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
        var message = await CrashOf("var t = new System.Threading.Thread(() => throw new Exception(\"from a thread\")); t.Start(); t.Join(); await Task.Delay(5000);");
        Assert.Contains("Unhandled exception. System.Exception: from a thread", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NativeWritesToStdoutBecomeOutputOfTheCell()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        const string native = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern nint write(int fd, byte[] text, nint length);";
        await kernel.ExecuteAsync("a", native, outputs.Add, TestContext.Current.CancellationToken);
        await kernel.ExecuteAsync("b", "write(1, Encoding.UTF8.GetBytes(\"from C\"), 6);", outputs.Add, TestContext.Current.CancellationToken);
        Assert.Equal([new StreamOutput("stdout", "from C")], outputs);
    }

    [Fact]
    public async Task AnInterruptStopsTheCellAndKeepsTheState()
    {
        await using var kernel = Start();
        await kernel.ExecuteAsync("a", "var x = 41;", _ => { }, TestContext.Current.CancellationToken);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = kernel.ExecuteAsync("b", "Console.Write(1); while (true) x = 42;", _ => started.TrySetResult(), TestContext.Current.CancellationToken);
        await started.Task;
        var clock = Stopwatch.StartNew();
        await kernel.InterruptAsync();
        Assert.False((await running).Succeeded);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5); // a few milliseconds, unless the machine is busy
        var outputs = new List<CellOutput>();
        await kernel.ExecuteAsync("c", "x", outputs.Add, TestContext.Current.CancellationToken);
        Assert.Equal("42", Assert.IsType<ResultOutput>(Assert.Single(outputs)).Data[MimeBundle.PlainText]);
    }

    [Theory]
    [InlineData("for (var i = 0; i < 100; i++) Console.Write(new string('x', 1_000_000));")]
    [InlineData("using var raw = Console.OpenStandardOutput(); var mega = new byte[1_000_000]; Array.Fill(mega, (byte)'x'); for (var i = 0; i < 100; i++) raw.Write(mega);")]
    public async Task AHundredMegabytesAreCutWithANote(string code)
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        Assert.True((await kernel.ExecuteAsync("a", code, outputs.Add, TestContext.Current.CancellationToken)).Succeeded);
        Assert.Equal(1_000_000, outputs.OfType<StreamOutput>().Where(output => output.Name == "stdout").Sum(output => output.Text.Length));
        Assert.Contains("[cut: a cell may show 1,000,000 characters", Assert.Single(outputs.OfType<StreamOutput>(), output => output.Name == "stderr").Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task EventsDoNotWaitForTheLockOfTheConsole()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        const string code = "lock (Console.Out) { var other = new System.Threading.Thread(() => 1.Display()); other.Start(); other.Join(); }";
        await kernel.ExecuteAsync("a", code, outputs.Add, TestContext.Current.CancellationToken);
        Assert.IsType<DisplayOutput>(Assert.Single(outputs));
    }

    [Fact]
    public async Task ALineThatIsNoRequestIsRefusedAndTheNextOneServed()
    {
        using var kernel = RawKernel.Start();
        Assert.StartsWith("{\"type\":\"ready\",\"protocol\":1", await kernel.ReadLineAsync(), StringComparison.Ordinal);
        await kernel.WriteLineAsync("{\"type\":\"execute\"");
        Assert.StartsWith("{\"type\":\"refused\",\"message\":\"A request must be a JSON object on one line", await kernel.ReadLineAsync(), StringComparison.Ordinal);
        await kernel.WriteLineAsync("{\"type\":\"isComplete\",\"id\":\"a\",\"code\":\"int F() {\"}");
        Assert.Equal("{\"type\":\"completeness\",\"id\":\"a\",\"status\":\"incomplete\",\"indent\":\"    \"}", await kernel.ReadLineAsync());
    }

    [Fact]
    public async Task QuestionsAreAnsweredWhileACellRuns()
    {
        using var kernel = RawKernel.Start();
        await kernel.ReadLineAsync();
        await kernel.WriteLineAsync("{\"type\":\"execute\",\"id\":\"cell\",\"code\":\"var before = 1; while (true) await Task.Delay(10);\"}");
        Assert.Equal("{\"type\":\"started\",\"id\":\"cell\"}", await kernel.ReadLineAsync());
        await kernel.WriteLineAsync("{\"type\":\"complete\",\"id\":\"q\",\"code\":\"Console.WriteL\",\"cursor\":14}");
        Assert.StartsWith("{\"type\":\"completions\",\"id\":\"q\",\"start\":8,\"end\":14,\"items\":[{\"text\":\"WriteLine\",\"kind\":\"method\"", await kernel.ReadLineAsync(), StringComparison.Ordinal);
        await kernel.WriteLineAsync("{\"type\":\"inspect\",\"id\":\"r\",\"code\":\"Math.Max(1, 2)\",\"cursor\":6}");
        Assert.StartsWith("{\"type\":\"inspection\",\"id\":\"r\",\"signature\":\"int Math.Max(int val1, int val2)\"", await kernel.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyIsAskedForInputOverStdio()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        await kernel.ExecuteAsync("a", "Console.ReadLine() is null", outputs.Add, TestContext.Current.CancellationToken);
        Assert.Equal("True", Assert.IsType<ResultOutput>(Assert.Single(outputs)).Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task AMissingProgramIsNamed()
    {
        var thrown = Assert.Throws<KernelCrashedException>(() => KernelClient.Start(new KernelCommand("no-such-program", []), Path.GetTempPath()));
        Assert.StartsWith("The kernel 'no-such-program' can't be started", thrown.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }
}
